import { request } from "./request";
import type { RecoveryCodes } from "./types";

/** Those of before work no more. */
export function renewRecoveryCodes(currentPassword: string): Promise<RecoveryCodes> {
  return request("/api/me/two-factor/recovery-codes", {
    method: "POST",
    body: { current_password: currentPassword },
  });
}
