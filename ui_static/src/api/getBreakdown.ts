import { queryOptions } from "@tanstack/react-query";
import type { Dimension } from "@/lib/filters";
import type { View } from "@/lib/view";
import { viewKey, viewParams } from "./rangeKey";
import { request } from "./request";
import { reportPath, type SiteAccess } from "./sitePath";
import type { Breakdown } from "./types";

export type SortBy = "value" | "visitors" | "visits" | "pageviews";

export interface Rows {
  dimension: Dimension;
  limit: number;
  offset?: number;
  /** A part of their value, in any case. */
  search?: string;
  sort?: SortBy;
  order?: "asc" | "desc";
}

/** The values of a dimension, most frequent first unless asked for otherwise. */
export function breakdownQuery(site: SiteAccess, view: View, rows: Rows) {
  const { dimension, limit, offset = 0, search = "", ...order } = rows;
  const params = {
    dimension,
    limit: String(limit),
    offset: String(offset),
    ...(search && { search }),
    ...order,
    ...viewParams(view),
  };
  return queryOptions<Breakdown>({
    queryKey: viewKey(site.site_id, view, "breakdown", {
      limit,
      offset,
      search,
      dimension,
      ...order,
    }),
    queryFn: ({ signal }) => request(reportPath(site, "breakdown", params), { signal }),
    // Rows of another dimension are no stand-in for these.
    placeholderData: (previous) => (previous?.dimension === dimension ? previous : undefined),
  });
}
