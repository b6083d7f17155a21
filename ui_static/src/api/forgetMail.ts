import { request } from "./request";

/** From now on no e-mail is sent. */
export function forgetMail(): Promise<void> {
  return request("/api/mail", { method: "DELETE" });
}
