import { request } from "./request";
import type { Guest } from "./types";

export function changeAccess(
  siteId: string,
  accountId: string,
  role: Guest["role"],
): Promise<Guest> {
  return request(
    `/api/sites/${encodeURIComponent(siteId)}/access/${encodeURIComponent(accountId)}`,
    { method: "PATCH", body: { role } },
  );
}
