import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { DateRange } from "@/lib/range";
import { rangeKey, rangeParams } from "./rangeKey";
import { request } from "./request";
import { reportPath } from "./sitePath";
import type { Quarantine } from "./types";

/** What arrived on these days of UTC and was left out of the numbers. */
export function quarantineQuery(siteId: string, range: DateRange) {
  return queryOptions({
    queryKey: rangeKey(siteId, range, "quarantine"),
    queryFn: ({ signal }) =>
      request<Quarantine>(reportPath({ site_id: siteId }, "quarantine", rangeParams(range)), {
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}
