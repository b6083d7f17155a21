import { request } from "./request";
import type { Role } from "./types";

export function changeRole(accountId: string, role: Role): Promise<void> {
  return request(`/api/people/${encodeURIComponent(accountId)}`, {
    method: "PATCH",
    body: { role },
  });
}
