import { request } from "./request";

export function revokeInvitation(id: string): Promise<void> {
  return request(`/api/invitations/${encodeURIComponent(id)}`, { method: "DELETE" });
}
