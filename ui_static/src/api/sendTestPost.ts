import { request } from "./request";
import type { TestPost } from "./types";

/** To the address that is saved. */
export function sendTestPost(): Promise<TestPost> {
  return request("/api/webhook/test", { method: "POST", body: {} });
}
