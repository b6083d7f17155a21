import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { BackupList } from "./types";

const WHILE_ONE_IS_MADE_MS = 1_000;

/** The backups of this Analytiq; for its owners. */
export const backupsQuery = queryOptions({
  queryKey: ["backups"],
  queryFn: ({ signal }) => request<BackupList>("/api/backups", { signal }),
  refetchInterval: ({ state }) => (state.data?.under_way ? WHILE_ONE_IS_MADE_MS : false),
});
