import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, useLocation } from "react-router";
import { accountQuery } from "@/api/getMe";
import { CenteredPage } from "@/components/CenteredPage";
import { Problem } from "@/components/Problem";
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
  return (
    <CenteredPage title="Not reachable">
      <Problem
        title="This page could not be loaded"
        error={account.error}
        onRetry={() => account.refetch()}
      />
    </CenteredPage>
  );
}
