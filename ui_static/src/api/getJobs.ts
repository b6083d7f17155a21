import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { JobList } from "./types";

const WHILE_ONE_RUNS_MS = 1_000;
const OTHERWISE_MS = 10_000;

/** The housekeeping jobs of this Analytiq; for its owners. */
export const jobsQuery = queryOptions({
  queryKey: ["jobs"],
  queryFn: ({ signal }) => request<JobList>("/api/jobs", { signal }),
  refetchInterval: ({ state }) =>
    state.data?.jobs.some(({ running }) => running) ? WHILE_ONE_RUNS_MS : OTHERWISE_MS,
});
