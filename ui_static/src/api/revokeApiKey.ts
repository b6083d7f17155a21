import { request } from "./request";

export function revokeApiKey(id: string): Promise<void> {
  return request(`/api/keys/${encodeURIComponent(id)}`, { method: "DELETE" });
}
