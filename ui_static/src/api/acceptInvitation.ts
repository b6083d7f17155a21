import { request } from "./request";
import type { SignedIn } from "./types";

export interface AcceptanceFields {
  token: string;
  name: string;
  email: string;
  password: string;
}

/** Makes an account by an invitation and signs it in. */
export function acceptInvitation(fields: AcceptanceFields): Promise<SignedIn> {
  return request("/api/invite/accept", { method: "POST", body: fields });
}
