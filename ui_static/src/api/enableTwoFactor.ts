import { request } from "./request";
import type { RecoveryCodes } from "./types";

/** From now on a code is asked for at sign-in. */
export function enableTwoFactor(code: string): Promise<RecoveryCodes> {
  return request("/api/me/two-factor/enable", { method: "POST", body: { code } });
}
