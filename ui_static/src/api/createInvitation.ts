import { request } from "./request";
import type { NewInvitation, Role } from "./types";

export interface InvitationFields {
  role: Role;
  sites: string[];
  /** For this address alone; null: for whoever has the link. */
  email: string | null;
}

export function createInvitation(fields: InvitationFields): Promise<NewInvitation> {
  return request("/api/invitations", { method: "POST", body: fields });
}
