import { useQuery } from "@tanstack/react-query";
import { breakdownQuery } from "@/api/getBreakdown";
import type { SiteAccess } from "@/api/sitePath";
import { isCoded } from "@/lib/dimensions";
import type { View } from "@/lib/view";
import type { Kind } from "./kinds";
import { PAGE_ROWS, type Ranking, rankHere } from "./ranking";

// More than there are countries, and than browsers' languages come to.
const ALL_CODED = 1000;

/** One page of a table: of the program where it can search and sort, else ranked here by name. */
export function useRanked(access: SiteAccess, view: View, kind: Kind, ranking: Ranking) {
  const { dimension } = kind;
  const { page, ...wanted } = ranking;
  const coded = isCoded(dimension);
  const rows = coded
    ? { dimension, limit: ALL_CODED }
    : { dimension, limit: PAGE_ROWS, offset: page * PAGE_ROWS, ...wanted };
  const query = useQuery(breakdownQuery(access, view, rows));
  const shown = coded && query.data ? rankHere(query.data.rows, dimension, ranking) : query.data;
  return { query, rows: shown?.rows ?? [], total: shown?.total ?? 0 };
}
