import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { DateRange } from "@/lib/range";
import { rangeKey, rangeParams } from "./rangeKey";
import { request } from "./request";
import { reportPath, type SiteAccess } from "./sitePath";
import type { TopPages } from "./types";

const LIMIT = 20;

export function topPagesQuery(site: SiteAccess, range: DateRange) {
  const params = { limit: String(LIMIT), ...rangeParams(range) };
  return queryOptions({
    queryKey: rangeKey(site.site_id, range, "top-pages"),
    queryFn: ({ signal }) => request<TopPages>(reportPath(site, "top-pages", params), { signal }),
    placeholderData: keepPreviousData,
  });
}
