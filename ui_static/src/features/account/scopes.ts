import type { ApiKey } from "@/api/types";
import type { Text } from "@/lib/i18n";

/** What a key may do, in words. */
export const SCOPES: Record<ApiKey["scope"], Text> = {
  read: "read reports",
  ingest: "send events",
  metrics: "read /metrics, for a monitor",
};
