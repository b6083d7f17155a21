import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { SiteWithToday } from "./types";

/** Every site of the account with today's numbers, today in each site's own time zone. */
export const sitesQuery = queryOptions({
  queryKey: ["sites"],
  queryFn: async ({ signal }) =>
    (await request<{ sites: SiteWithToday[] }>("/api/sites", { signal })).sites,
  // Visitors leave without a message: the numbers of now need a look of their own.
  refetchInterval: 30_000,
});
