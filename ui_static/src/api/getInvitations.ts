import { queryOptions } from "@tanstack/react-query";
import { request } from "./request";
import type { Invitation } from "./types";

/** The account's own invitations that nobody has used. */
export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: async ({ signal }) =>
    (await request<{ invitations: Invitation[] }>("/api/invitations", { signal })).invitations,
});
