import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { DateRange } from "@/lib/range";
import { rangeKey, rangeParams } from "./rangeKey";
import { request } from "./request";
import { reportPath } from "./sitePath";
import type { Ledger } from "./types";

/** What became of everything that arrived on these days of UTC. */
export function ledgerQuery(siteId: string, range: DateRange) {
  return queryOptions({
    queryKey: rangeKey(siteId, range, "ledger"),
    queryFn: ({ signal }) =>
      request<Ledger>(reportPath({ site_id: siteId }, "ledger", rangeParams(range)), { signal }),
    placeholderData: keepPreviousData,
  });
}
