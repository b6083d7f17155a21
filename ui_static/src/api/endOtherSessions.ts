import { request } from "./request";
import type { SignedIn } from "./types";

/** Signs out everywhere else and ends every token; this browser goes on. */
export function endOtherSessions(): Promise<SignedIn> {
  return request("/api/sessions/end-others", { method: "POST" });
}
