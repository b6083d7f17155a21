import { request } from "./request";
import type { Backup } from "./types";

/** Answered when it is made and checked: with much data that takes minutes. */
export function createBackup(): Promise<Backup> {
  return request("/api/backups", { method: "POST" });
}
