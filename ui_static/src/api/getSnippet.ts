import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { Snippet } from "./types";

export function snippetQuery(siteId: string) {
  return queryOptions({
    queryKey: ["site", siteId, "snippet"],
    queryFn: ({ signal }) =>
      request<Snippet>(`/api/sites/${encodeURIComponent(siteId)}/snippet`, { signal }),
  });
}
