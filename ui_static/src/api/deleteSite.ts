import { request } from "./request";

/** Removes a website and all that was measured of it; `name` confirms it. */
export function deleteSite(siteId: string, name: string): Promise<void> {
  return request(`/api/sites/${encodeURIComponent(siteId)}`, {
    method: "DELETE",
    body: { confirm: name },
  });
}
