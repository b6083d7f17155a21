import { request } from "./request";
import type { LiveTicket } from "./types";

/** A ticket that opens one live connection within a minute. */
export function createLiveTicket(siteId: string, signal: AbortSignal): Promise<LiveTicket> {
  return request(`/api/sites/${encodeURIComponent(siteId)}/live-ticket`, {
    method: "POST",
    signal,
  });
}
