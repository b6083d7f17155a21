import { request } from "./request";

/** Signs that browser out. */
export function deleteSession(id: string): Promise<void> {
  return request(`/api/sessions/${encodeURIComponent(id)}`, { method: "DELETE" });
}
