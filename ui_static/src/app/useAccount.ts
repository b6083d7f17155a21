import { useQuery } from "@tanstack/react-query";
import { accountQuery } from "@/api/getMe";
import type { Account } from "@/api/types";

/** The account on pages that only a signed-in person sees. */
export function useAccount(): Account | null {
  return useQuery(accountQuery).data ?? null;
}
