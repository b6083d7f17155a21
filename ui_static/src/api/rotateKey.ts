import { request } from "./request";
import type { NewKey } from "./types";

/** The key of before works for this many hours beside the new one. */
export function rotateKey(siteId: string, graceHours: number): Promise<NewKey> {
  return request(`/api/sites/${encodeURIComponent(siteId)}/rotate-key`, {
    method: "POST",
    body: { grace_hours: graceHours },
  });
}
