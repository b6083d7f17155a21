import { LongPath } from "@/components/LongPath";
import { valueLabel } from "@/lib/dimensions";
import type { Dimension } from "@/lib/filters";

const PATHS: readonly Dimension[] = ["page", "entry_page", "exit_page"];

/** On one line. */
export function Label({ dimension, value }: { dimension: Dimension; value: string }) {
  if (!PATHS.includes(dimension)) {
    return <span className="block truncate">{valueLabel(dimension, value)}</span>;
  }
  return <LongPath path={value} />;
}
