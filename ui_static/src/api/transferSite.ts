import { request } from "./request";

/** Hands a website over to the account with that address. */
export function transferSite(siteId: string, email: string): Promise<void> {
  return request(`/api/sites/${encodeURIComponent(siteId)}/transfer`, {
    method: "POST",
    body: { email },
  });
}
