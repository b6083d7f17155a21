import { request } from "./request";
import type { NewShareLink, ShareLink } from "./types";

export function createShare(siteId: string, wanted: Partial<NewShareLink>): Promise<ShareLink> {
  return request(`/api/sites/${encodeURIComponent(siteId)}/shares`, {
    method: "POST",
    body: wanted,
  });
}
