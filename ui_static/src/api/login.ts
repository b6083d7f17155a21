import { request } from "./request";
import type { SignedIn } from "./types";

export function login(fields: { email: string; password: string }): Promise<SignedIn> {
  return request("/api/login", { method: "POST", body: fields });
}
