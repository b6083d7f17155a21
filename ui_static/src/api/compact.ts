import { request } from "./request";
import type { Compacted } from "./types";

/** Answered when it is done: with much data that takes minutes. */
export function compact(): Promise<Compacted> {
  return request("/api/compaction", { method: "POST" });
}
