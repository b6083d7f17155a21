import { request } from "./request";
import type { Enrolment } from "./types";

/** A secret for the authenticator app; it asks for nothing until a code confirms it. */
export function beginTwoFactor(currentPassword: string): Promise<Enrolment> {
  return request("/api/me/two-factor", {
    method: "POST",
    body: { current_password: currentPassword },
  });
}
