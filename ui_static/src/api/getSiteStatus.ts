import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { SiteStatus } from "./types";

/** Whether events arrive. */
export function siteStatusQuery(siteId: string) {
  return queryOptions({
    queryKey: ["site", siteId, "status"],
    queryFn: ({ signal }) =>
      request<SiteStatus>(`/api/sites/${encodeURIComponent(siteId)}/status`, { signal }),
  });
}
