import { request } from "./request";
import type { Account } from "./types";

/** Accepts an invitation with the account that is signed in. */
export async function joinInvitation(token: string): Promise<Account> {
  const answer = await request<{ user: Account }>("/api/invite/join", {
    method: "POST",
    body: { token },
  });
  return answer.user;
}
