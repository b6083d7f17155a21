import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { Goal, GoalPreview } from "./types";

/** What a goal would have counted in the last 30 days. */
export function goalPreviewQuery(siteId: string, kind: Goal["kind"], pattern: string) {
  return queryOptions({
    queryKey: ["site", siteId, "goals", "preview", kind, pattern],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ kind, pattern });
      return request<GoalPreview>(
        `/api/sites/${encodeURIComponent(siteId)}/goals/preview?${query}`,
        { signal },
      );
    },
  });
}
