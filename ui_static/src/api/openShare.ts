import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { OpenedShare } from "./types";

/** Before the hour is over for which an opened link can be looked at. */
const RENEWED_EVERY_MS = 50 * 60_000;

export function openShare(token: string, password?: string): Promise<OpenedShare> {
  return request("/api/shares/open", { method: "POST", body: { token, password } });
}

/** The site that a share link shows; opened again before what it is looked at with runs out. */
export function openedShareQuery(token: string, password?: string) {
  return queryOptions({
    queryKey: ["share", token],
    queryFn: () => openShare(token, password),
    staleTime: RENEWED_EVERY_MS,
    refetchInterval: RENEWED_EVERY_MS,
    refetchIntervalInBackground: true,
  });
}
