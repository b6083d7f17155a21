import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { CompactionState } from "./types";

const WHILE_IT_LASTS_MS = 2_000;

/** What the database takes of the disk; for its owners. */
export const compactionQuery = queryOptions({
  queryKey: ["compaction"],
  queryFn: ({ signal }) => request<CompactionState>("/api/compaction", { signal }),
  refetchInterval: ({ state }) => (state.data?.under_way ? WHILE_IT_LASTS_MS : false),
});
