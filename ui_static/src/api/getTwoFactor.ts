import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { TwoFactorState } from "./types";

export const twoFactorQuery = queryOptions({
  queryKey: ["two-factor"],
  queryFn: ({ signal }) => request<TwoFactorState>("/api/me/two-factor", { signal }),
});
