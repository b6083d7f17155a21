import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { Setup } from "./types";
import { untilAnswered } from "./untilAnswered";

/** Whether this is the first start and who may sign up. */
export const setupQuery = queryOptions({
  queryKey: ["setup"],
  queryFn: ({ signal }) => request<Setup>("/api/setup", { signal }),
  refetchInterval: untilAnswered,
});
