import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { Session } from "./types";

/** Where the account is signed in, the last seen first. */
export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: async ({ signal }) =>
    (await request<{ sessions: Session[] }>("/api/sessions", { signal })).sessions,
});
