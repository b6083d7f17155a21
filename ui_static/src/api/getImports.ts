import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { ImportList } from "./types";

const WHILE_ONE_RUNS_MS = 1_000;

/** The histories that were imported into a site, the latest first. */
export function importsQuery(siteId: string) {
  return queryOptions({
    queryKey: ["site", siteId, "imports"],
    queryFn: async ({ signal }) =>
      (
        await request<ImportList>(`/api/sites/${encodeURIComponent(siteId)}/imports`, {
          signal,
        })
      ).imports,
    refetchInterval: ({ state }) =>
      state.data?.some(({ progress }) => progress !== null) ? WHILE_ONE_RUNS_MS : false,
  });
}
