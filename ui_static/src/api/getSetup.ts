import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { Setup } from "./types";

/** Whether this is the first start and who may sign up. */
export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: ({ signal }) => request<Setup>("/api/setup", { signal }),
});
