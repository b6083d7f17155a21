import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { SiteSettings } from "./types";

export function siteQuery(siteId: string) {
  return queryOptions({
    queryKey: ["site", siteId],
    queryFn: ({ signal }) =>
      request<SiteSettings>(`/api/sites/${encodeURIComponent(siteId)}`, { signal }),
    staleTime: 60_000,
  });
}
