import { request } from "./request";

export function logout(): Promise<void> {
  return request("/api/logout", { method: "POST" });
}
