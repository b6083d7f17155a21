import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { ShareLink } from "./types";

/** The links that show a site to others, oldest first. */
export function sharesQuery(siteId: string) {
  return queryOptions({
    queryKey: ["site", siteId, "shares"],
    queryFn: async ({ signal }) => {
      const path = `/api/sites/${encodeURIComponent(siteId)}/shares`;
      return (await request<{ shares: ShareLink[] }>(path, { signal })).shares;
    },
  });
}
