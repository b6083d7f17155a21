import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "react-router";
import { accountQuery } from "@/api/getMe";
import { CenteredPage } from "@/components/CenteredPage";
import { InvitationView } from "@/features/people/InvitationView";
import { OutagePage } from "./OutagePage";
import { PageSkeleton } from "./PageSkeleton";

/** Where the link of an invitation leads, signed in or not. */
export function InvitationPage() {
  const { token = "" } = useParams();
  const navigate = useNavigate();
  const account = useQuery(accountQuery);
  if (account.data === undefined) {
    if (!account.isError) return <PageSkeleton />;
    return <OutagePage error={account.error} onRetry={() => account.refetch()} />;
  }
  return (
    <CenteredPage title="Invitation">
      <InvitationView
        token={token}
        account={account.data}
        onAccepted={() => navigate("/sites", { replace: true })}
      />
      {account.data === null && (
        <p className="mt-6 text-ink-2">
          Have an account?{" "}
          <Link
            to="/login"
            state={{ from: `/invite/${token}` }}
            className="font-medium text-accent underline"
          >
            Sign in
          </Link>{" "}
          to accept with it.
        </p>
      )}
    </CenteredPage>
  );
}
