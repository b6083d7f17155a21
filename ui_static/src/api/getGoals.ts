import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { Goal } from "./types";

/** The goals of a site, oldest first. */
export function goalsQuery(siteId: string) {
  return queryOptions({
    queryKey: ["site", siteId, "goals"],
    queryFn: async ({ signal }) =>
      (
        await request<{ goals: Goal[] }>(`/api/sites/${encodeURIComponent(siteId)}/goals`, {
          signal,
        })
      ).goals,
  });
}
