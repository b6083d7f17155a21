import { QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/api/request";
import { endSession } from "@/api/session";

const RETRIES = 2;

function isPassing(error: Error): boolean {
  return !(error instanceof ApiError) || error.status === 0 || error.status >= 500;
}

export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof ApiError && error.status === 401) endSession(client);
      },
    }),
    defaultOptions: {
      // "always": the program may run on this machine, which needs no internet connection for it.
      queries: {
        networkMode: "always",
        staleTime: 10_000,
        retry: (failures, error) => isPassing(error) && failures < RETRIES,
      },
      mutations: { networkMode: "always" },
    },
  });
  return client;
}
