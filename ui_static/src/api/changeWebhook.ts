import { request } from "./request";
import type { SavedWebhook, WebhookForm } from "./types";

/** Another address gets a secret of its own, which the answer tells this once. */
export function changeWebhook(webhook: WebhookForm): Promise<SavedWebhook> {
  return request("/api/webhook", { method: "PATCH", body: webhook });
}
