import { valueLabel } from "@/lib/dimensions";
import type { Dimension } from "@/lib/filters";
import { splitPath } from "@/lib/path";

const PATHS: readonly Dimension[] = ["page", "entry_page", "exit_page"];

/** On one line; a long path loses its middle, for its end says which page it is. */
export function Label({ dimension, value }: { dimension: Dimension; value: string }) {
  if (!PATHS.includes(dimension)) {
    return <span className="block truncate">{valueLabel(dimension, value)}</span>;
  }
  const { head, tail } = splitPath(value);
  return (
    <span className="flex min-w-0">
      {head && <span className="min-w-5 shrink-9999 truncate">{head}</span>}
      <span className="min-w-0 truncate">{tail}</span>
    </span>
  );
}
