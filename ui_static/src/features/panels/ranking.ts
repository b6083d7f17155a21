import type { SortBy } from "@/api/getBreakdown";
import type { BreakdownRow } from "@/api/types";
import { valueLabel } from "@/lib/dimensions";
import type { Dimension } from "@/lib/filters";
import { locale } from "@/lib/locale";

/** What somebody wants to see of a long table; `page` counts from 0. */
export interface Ranking {
  search: string;
  sort: SortBy;
  order: "asc" | "desc";
  page: number;
}

export const PAGE_ROWS = 50;

/** The ranking after a column's head was pressed: names begin with A, numbers with the highest. */
export function sortedBy(ranking: Ranking, sort: SortBy): Ranking {
  const first = sort === "value" ? "asc" : "desc";
  const turned = ranking.order === "asc" ? "desc" : "asc";
  return { ...ranking, sort, order: ranking.sort === sort ? turned : first, page: 0 };
}

/** What the program does with a ranking, for values that have other names here than there. */
export function rankHere(
  rows: readonly BreakdownRow[],
  dimension: Dimension,
  { search, sort, order, page }: Ranking,
): { rows: BreakdownRow[]; total: number } {
  const sought = search.toLowerCase();
  const named = rows
    .map((row) => ({ row, name: valueLabel(dimension, row.value) }))
    .filter(({ row, name }) => `${name}\n${row.value}`.toLowerCase().includes(sought));
  const sign = order === "asc" ? 1 : -1;
  named.sort((a, b) => {
    const byName = a.name.localeCompare(b.name, locale());
    if (sort === "value") return sign * byName;
    return sign * (a.row[sort] - b.row[sort]) || byName;
  });
  const shown = named.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS).map(({ row }) => row);
  return { rows: shown, total: named.length };
}
