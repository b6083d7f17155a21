import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { ApiKey } from "./types";

export const apiKeysQuery = queryOptions({
  queryKey: ["api-keys"],
  queryFn: async ({ signal }) => (await request<{ keys: ApiKey[] }>("/api/keys", { signal })).keys,
});
