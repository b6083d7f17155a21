import { request } from "./request";
import type { ApiKey, NewApiKey } from "./types";

export interface ApiKeyFields {
  name: string;
  scope: ApiKey["scope"];
  /** null: for every website of the account. */
  site_id: string | null;
}

/** The answer holds the key itself, this once. */
export function createApiKey(fields: ApiKeyFields): Promise<NewApiKey> {
  return request("/api/keys", { method: "POST", body: fields });
}
