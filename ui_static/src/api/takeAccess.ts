import { request } from "./request";

/** Shares a website with somebody no longer. */
export function takeAccess(siteId: string, accountId: string): Promise<void> {
  return request(
    `/api/sites/${encodeURIComponent(siteId)}/access/${encodeURIComponent(accountId)}`,
    { method: "DELETE" },
  );
}
