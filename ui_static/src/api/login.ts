import { request } from "./request";
import type { SignedIn } from "./types";

export const CODE_WANTED = "/problems/second-factor";

/** Where the account has a second step, it fails with CODE_WANTED until the code is given, too. */
export function login(fields: {
  email: string;
  password: string;
  code?: string;
}): Promise<SignedIn> {
  return request("/api/login", { method: "POST", body: fields });
}
