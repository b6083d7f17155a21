import { request } from "./request";
import type { TestMail } from "./types";

/** To whoever asks, through the server that is saved. */
export function sendTestMail(): Promise<TestMail> {
  return request("/api/mail/test", { method: "POST", body: {} });
}
