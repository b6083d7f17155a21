import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, useLocation } from "react-router";
import { accountQuery } from "@/api/getMe";
import { OutagePage } from "./OutagePage";
import { PageSkeleton } from "./PageSkeleton";

/** Lets signed-in people through, and sends others to sign in and back again. */
export function RequireAccount() {
  const account = useQuery(accountQuery);
  const { pathname, search } = useLocation();
  if (account.data) return <Outlet />;
  if (account.data === null) {
    return <Navigate to="/login" replace state={{ from: pathname + search }} />;
  }
  if (!account.isError) return <PageSkeleton />;
  return <OutagePage error={account.error} onRetry={() => account.refetch()} />;
}
