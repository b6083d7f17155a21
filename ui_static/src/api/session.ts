import type { QueryClient } from "@tanstack/react-query";
import { accountQuery } from "./getMe";
import { setupQuery } from "./getSetup";
import type { Account } from "./types";

const ANYBODYS = [accountQuery.queryKey[0], setupQuery.queryKey[0]];

// Whoever uses this browser next must not see what was loaded for somebody else.
function forget(client: QueryClient): void {
  client.removeQueries({ predicate: ({ queryKey }) => !ANYBODYS.includes(String(queryKey[0])) });
}

/** From now on this account is signed in. */
export function startSession(client: QueryClient, account: Account): void {
  forget(client);
  client.setQueryData(accountQuery.queryKey, account);
}

/** From now on nobody is signed in; the routes lead to the sign-in page. */
export function endSession(client: QueryClient): void {
  client.setQueryData(accountQuery.queryKey, null);
  forget(client);
}
