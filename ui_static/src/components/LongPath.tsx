import { splitPath } from "@/lib/path";

/** A path, or words that end with one, on one line: too long, it loses its middle, for its end says which page it is. */
export function LongPath({ path }: { path: string }) {
  const { head, tail } = splitPath(path);
  return (
    <span className="flex min-w-0">
      {head && <span className="min-w-5 shrink-9999 truncate whitespace-pre">{head}</span>}
      <span className="min-w-0 truncate">{tail}</span>
    </span>
  );
}
