import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { Network } from "./types";

/** Under which addresses websites reach the program; it asks each of them while we wait. */
export const networkQuery = queryOptions({
  queryKey: ["network"],
  queryFn: ({ signal }) => request<Network>("/api/network", { signal }),
  staleTime: 60_000,
});
