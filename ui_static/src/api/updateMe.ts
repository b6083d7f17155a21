import { request } from "./request";
import type { Account } from "./types";

export async function updateMe(changes: { name: string }): Promise<Account> {
  return (await request<{ user: Account }>("/api/me", { method: "PATCH", body: changes })).user;
}
