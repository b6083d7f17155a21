import type { ReactNode } from "react";
import { Link } from "react-router";
import type { Block, Inline } from "./document";
import { TOPICS } from "./topics";

const LINK = "text-accent underline underline-offset-2";

function To({ to, children }: { to: string; children: ReactNode }) {
  if (/^https?:/.test(to)) {
    return (
      <a href={to} target="_blank" rel="noopener noreferrer" className={LINK}>
        {children}
      </a>
    );
  }
  const [file = "", anchor] = to.split("#");
  const name = file.replace(/\.md$/, "");
  // What is written for developers is not here.
  if (name && !TOPICS.some((topic) => topic.name === name)) return children;
  const place = { ...(name && { pathname: `/help/${name}` }), ...(anchor && { hash: anchor }) };
  return (
    <Link to={place} className={LINK}>
      {children}
    </Link>
  );
}

/** Each part with its place, which names it: a page never changes. */
function placed<Part>(parts: readonly Part[]) {
  return [...parts.entries()].map(([place, part]) => ({ key: String(place), part }));
}

function Words({ words }: { words: readonly Inline[] }) {
  return placed(words).map(({ key, part: word }) => {
    switch (word.kind) {
      case "text":
        return word.text;
      case "code":
        return (
          <code key={key} className="rounded bg-raised px-1 py-0.5 text-[0.92em] break-words">
            {word.text}
          </code>
        );
      case "strong":
        return (
          <strong key={key} className="font-semibold text-ink">
            <Words words={word.inside} />
          </strong>
        );
      case "em":
        return (
          <em key={key}>
            <Words words={word.inside} />
          </em>
        );
      default:
        return (
          <To key={key} to={word.to}>
            <Words words={word.inside} />
          </To>
        );
    }
  });
}

function Heading({ block }: { block: Extract<Block, { kind: "heading" }> }) {
  const words = <Words words={block.inside} />;
  if (block.level === 1) return <h1 className="mb-4 text-28 font-semibold text-ink">{words}</h1>;
  if (block.level === 2) {
    return (
      <h2 id={block.id} className="mt-8 mb-2 scroll-mt-4 text-20 font-semibold text-ink">
        {words}
      </h2>
    );
  }
  return (
    <h3 id={block.id} className="mt-6 mb-2 scroll-mt-4 text-16 font-semibold text-ink">
      {words}
    </h3>
  );
}

function Table({ block }: { block: Extract<Block, { kind: "table" }> }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <div className="my-4 overflow-x-auto" tabIndex={0}>
      <table className="w-full border-collapse text-left align-top">
        <thead className="text-12 text-ink-3">
          <tr>
            {placed(block.head).map(({ key, part }) => (
              <th key={key} scope="col" className="border-line border-b py-2 pr-4 font-medium">
                <Words words={part} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {placed(block.rows).map(({ key: line, part: { id, cells } }) => (
            <tr key={line} id={id || undefined} className="scroll-mt-4 target:bg-raised">
              {placed(cells).map(({ key, part }) => (
                <td key={key} className="border-line border-b py-2 pr-4 align-top">
                  <Words words={part} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Items({ block }: { block: Extract<Block, { kind: "list" }> }) {
  const items = placed(block.items).map(({ key, part }) => (
    <li key={key} className="my-1">
      <HelpDocument blocks={part} />
    </li>
  ));
  return block.ordered ? (
    <ol className="my-3 list-decimal pl-6">{items}</ol>
  ) : (
    <ul className="my-3 list-disc pl-6">{items}</ul>
  );
}

/** A page of help in the dashboard's look. */
export function HelpDocument({ blocks }: { blocks: readonly Block[] }) {
  return placed(blocks).map(({ key, part: block }) => {
    switch (block.kind) {
      case "heading":
        return <Heading key={key} block={block} />;
      case "table":
        return <Table key={key} block={block} />;
      case "list":
        return <Items key={key} block={block} />;
      case "code":
        return (
          <pre
            key={key}
            className="my-4 overflow-x-auto rounded-control border border-line bg-raised p-3 text-12"
          >
            <code>{block.text}</code>
          </pre>
        );
      default:
        return (
          <p key={key} className="my-3 first:mt-0">
            <Words words={block.inside} />
          </p>
        );
    }
  });
}
