import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { DateRange } from "@/lib/range";
import { rangeKey, rangeParams } from "./rangeKey";
import { request } from "./request";
import { reportPath, type SiteAccess } from "./sitePath";
import type { Report } from "./types";

export function reportQuery(site: SiteAccess, range: DateRange) {
  return queryOptions({
    queryKey: rangeKey(site.site_id, range, "report"),
    queryFn: ({ signal }) =>
      request<Report>(reportPath(site, "report", rangeParams(range)), { signal }),
    placeholderData: keepPreviousData,
  });
}
