import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { WebhookState } from "./types";

/** Where one's own alarms are posted to, and what became of the last ones; for owners. */
export const webhookQuery = queryOptions({
  queryKey: ["webhook"],
  queryFn: ({ signal }) => request<WebhookState>("/api/webhook", { signal }),
});
