import { request } from "./request";

/** Removes an account that owns no website; its sessions end. */
export function removeAccount(accountId: string): Promise<void> {
  return request(`/api/people/${encodeURIComponent(accountId)}`, { method: "DELETE" });
}
