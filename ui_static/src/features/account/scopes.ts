import type { ApiKey } from "@/api/types";

/** What a key may do, in words. */
export const SCOPES: Record<ApiKey["scope"], string> = {
  read: "read reports",
  ingest: "send events",
};
