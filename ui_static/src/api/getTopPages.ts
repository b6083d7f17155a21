import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { DateRange } from "@/lib/range";
import { rangeKey, rangeParams } from "./rangeKey";
import { request } from "./request";
import type { TopPages } from "./types";

const LIMIT = 20;

export function topPagesQuery(siteId: string, range: DateRange) {
  return queryOptions({
    queryKey: rangeKey(siteId, range, "top-pages"),
    queryFn: ({ signal }) =>
      request<TopPages>(
        `/api/sites/${encodeURIComponent(siteId)}/top-pages?limit=${LIMIT}&${rangeParams(range)}`,
        { signal },
      ),
    placeholderData: keepPreviousData,
  });
}
