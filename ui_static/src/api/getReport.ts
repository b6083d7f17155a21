import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { DateRange } from "@/lib/range";
import { rangeKey, rangeParams } from "./rangeKey";
import { request } from "./request";
import type { Report } from "./types";

export function reportQuery(siteId: string, range: DateRange) {
  return queryOptions({
    queryKey: rangeKey(siteId, range, "report"),
    queryFn: ({ signal }) =>
      request<Report>(`/api/sites/${encodeURIComponent(siteId)}/report?${rangeParams(range)}`, {
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}
