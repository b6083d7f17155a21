import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "react-router";
import { accountQuery } from "@/api/getMe";
import { CenteredPage } from "@/components/CenteredPage";
import { Rich } from "@/components/Rich";
import { InvitationView } from "@/features/people/InvitationView";
import { t } from "@/lib/i18n";
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
    <CenteredPage title={t("Invitation")}>
      <InvitationView
        token={token}
        account={account.data}
        onAccepted={() => navigate("/sites", { replace: true })}
      />
      {account.data === null && (
        <p className="mt-6 text-ink-2">
          <Rich
            text="Have an account? <signin>Sign in</signin> to accept with it."
            parts={{
              signin: (
                <Link
                  to="/login"
                  state={{ from: `/invite/${token}` }}
                  className="font-medium text-accent underline"
                />
              ),
            }}
          />
        </p>
      )}
    </CenteredPage>
  );
}
