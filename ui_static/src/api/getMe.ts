import { queryOptions } from "@tanstack/react-query";
import { ApiError, request } from "./request";
import type { Account } from "./types";
import { untilAnswered } from "./untilAnswered";

/** The account that is signed in, or null. */
export const accountQuery = queryOptions({
  queryKey: ["account"],
  queryFn: async ({ signal }): Promise<Account | null> => {
    try {
      return (await request<{ user: Account }>("/api/me", { signal })).user;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
  refetchInterval: untilAnswered,
});
