import { request } from "./request";
import type { SignedIn } from "./types";

export interface SignupFields {
  email: string;
  password: string;
  name?: string;
  setup_code?: string;
}

export function signup(fields: SignupFields): Promise<SignedIn> {
  return request("/api/signup", { method: "POST", body: fields });
}
