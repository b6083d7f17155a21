import { useQuery } from "@tanstack/react-query";
import { Navigate, Outlet, useLocation } from "react-router";
import { accountQuery } from "@/api/getMe";
import { setupQuery } from "@/api/getSetup";
import { OutagePage } from "./OutagePage";
import { PageSkeleton } from "./PageSkeleton";

function wantedPage(state: unknown): string {
  const from = (state as { from?: unknown } | null)?.from;
  // Only a page of this dashboard: "//elsewhere" would be another host.
  return typeof from === "string" && /^\/(?!\/)/.test(from) ? from : "/sites";
}

/**
 * The pages for whoever is not signed in; others go on to where they wanted to be. On the very
 * first start there is nobody to sign in, so every one of these pages is the sign-up.
 */
export function SignedOutOnly() {
  const account = useQuery(accountQuery);
  const setup = useQuery(setupQuery);
  const { pathname, state } = useLocation();
  if (account.data) return <Navigate to={wantedPage(state)} replace />;
  const error = account.error ?? setup.error;
  if (error && (account.data === undefined || !setup.data)) {
    const retry = () => void Promise.all([account.refetch(), setup.refetch()]);
    return <OutagePage error={error} onRetry={retry} />;
  }
  if (account.data === undefined || !setup.data) return <PageSkeleton />;
  if (setup.data.first_run && pathname !== "/signup") return <Navigate to="/signup" replace />;
  return <Outlet />;
}
