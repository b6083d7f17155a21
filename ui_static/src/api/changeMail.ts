import { request } from "./request";
import type { MailForm, MailState } from "./types";

/** Without a password the one of before is kept, for the same server. */
export function changeMail(server: MailForm): Promise<MailState> {
  return request("/api/mail", { method: "PATCH", body: server });
}
