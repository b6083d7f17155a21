import type { BreakdownRow } from "@/api/types";
import { t } from "@/lib/i18n";

export const COLORS = [
  "var(--cat-1)",
  "var(--cat-2)",
  "var(--cat-3)",
  "var(--cat-4)",
  "var(--cat-5)",
  "var(--cat-7)",
];

const OF_THE_REST = "var(--cat-7)";

const PARTS = 6;

export interface Part {
  name: string;
  value: number;
  fill: string;
}

/** The largest six values as parts of a ring; of more, the five largest and all others together. */
export function donutParts(rows: readonly BreakdownRow[], counts: "visits" | "visitors"): Part[] {
  const own = rows.length > PARTS ? rows.slice(0, PARTS - 1) : rows;
  const parts = own.map((row, place) => ({
    name: row.value,
    value: row[counts],
    fill: COLORS[place] ?? OF_THE_REST,
  }));
  const rest = rows.slice(own.length).reduce((sum, row) => sum + row[counts], 0);
  return rest > 0 ? [...parts, { name: t("Other"), value: rest, fill: OF_THE_REST }] : parts;
}
