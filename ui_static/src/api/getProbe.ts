import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { ProbeState } from "./types";

export const probePath = (siteId: string) => `/api/sites/${encodeURIComponent(siteId)}/probe`;

/** What the last look at the website's page saw; all null before the first. */
export function probeQuery(siteId: string) {
  return queryOptions({
    queryKey: ["site", siteId, "probe"],
    queryFn: ({ signal }) => request<ProbeState>(probePath(siteId), { signal }),
  });
}
