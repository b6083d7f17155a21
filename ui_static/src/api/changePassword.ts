import { request } from "./request";
import type { SignedIn } from "./types";

/** Ends every other session; this one goes on. */
export function changePassword(fields: {
  current_password: string;
  new_password: string;
}): Promise<SignedIn> {
  return request("/api/me/password", { method: "POST", body: fields });
}
