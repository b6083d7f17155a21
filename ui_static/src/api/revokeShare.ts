import { request } from "./request";

/** From now on the link opens nothing, and whoever is looking is shut out. */
export function revokeShare(siteId: string, shareId: string): Promise<void> {
  const path = `/api/sites/${encodeURIComponent(siteId)}/shares/${encodeURIComponent(shareId)}`;
  return request(path, { method: "DELETE" });
}
