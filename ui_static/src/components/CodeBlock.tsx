import { CopyButton } from "./CopyButton";

/** Code to copy. It scrolls inside its frame, by the keyboard as well. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="space-y-3">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label={label}
        className="overflow-x-auto rounded-control border border-line bg-raised p-3"
      >
        <pre className="font-mono text-12 whitespace-pre-wrap wrap-anywhere text-ink">
          <code>{code}</code>
        </pre>
      </section>
      <CopyButton text={code} />
    </div>
  );
}
