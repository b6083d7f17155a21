import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { Guest } from "./types";

/** With whom a website is shared; for its owner. */
export function guestsQuery(siteId: string) {
  return queryOptions({
    queryKey: ["site", siteId, "access"],
    queryFn: async ({ signal }) =>
      (
        await request<{ guests: Guest[] }>(`/api/sites/${encodeURIComponent(siteId)}/access`, {
          signal,
        })
      ).guests,
  });
}
