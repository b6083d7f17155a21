import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { OpenedInvitation } from "./types";

/** What a link gives. What stands in it is sent in the body: addresses end up in logs. */
export function openedInvitationQuery(token: string) {
  return queryOptions({
    queryKey: ["invite", token],
    queryFn: ({ signal }) =>
      request<OpenedInvitation>("/api/invite", { method: "POST", body: { token }, signal }),
  });
}
