import { request } from "./request";

/** From now on nothing is posted. */
export function forgetWebhook(): Promise<void> {
  return request("/api/webhook", { method: "DELETE" });
}
