import { useQuery } from "@tanstack/react-query";
import { openedInvitationQuery } from "@/api/openInvitation";
import { ApiError } from "@/api/request";
import type { Account, OpenedInvitation } from "@/api/types";
import { Problem } from "@/components/Problem";
import { Rich } from "@/components/Rich";
import { t } from "@/lib/i18n";
import { inSentence } from "@/lib/locale";
import { AcceptForm } from "./AcceptForm";
import { JoinForm } from "./JoinForm";
import { ROLE_NAMES, ROLE_WORDS } from "./roleWords";

interface InvitationViewProps {
  token: string;
  /** Who is signed in. */
  account: Account | null;
  onAccepted: () => void;
}

function What({ invitation }: { invitation: OpenedInvitation }) {
  return (
    <div className="mb-6 space-y-3">
      <h1 className="text-20 font-semibold">{t("You are invited to Analytiq")}</h1>
      <p className="text-ink-2">
        <Rich
          text={
            invitation.sites.length > 0
              ? "<who/> invites you as <role/> of:"
              : "<who/> invites you as <role/>."
          }
          parts={{
            who: <>{invitation.made_by}</>,
            role: (
              <strong className="font-medium text-ink">
                {inSentence(t(ROLE_NAMES[invitation.role]))}
              </strong>
            ),
          }}
        />
      </p>
      {invitation.sites.length > 0 && (
        <ul className="list-disc ps-5 wrap-anywhere">
          {/* Two websites may have one name. */}
          {invitation.sites.map((name, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change
            <li key={index}>{name}</li>
          ))}
        </ul>
      )}
      <p className="text-12 text-ink-3">{t(ROLE_WORDS[invitation.role])}</p>
    </div>
  );
}

/** What a link gives, and the way to take it. */
export function InvitationView({ token, account, onAccepted }: InvitationViewProps) {
  const invitation = useQuery(openedInvitationQuery(token));
  if (invitation.data) {
    return (
      <>
        <What invitation={invitation.data} />
        {account ? (
          <JoinForm token={token} account={account} onAccepted={onAccepted} />
        ) : (
          <AcceptForm token={token} email={invitation.data.email} onAccepted={onAccepted} />
        )}
      </>
    );
  }
  if (!invitation.isError) return <div aria-busy="true" className="skeleton h-80 rounded-card" />;
  if (invitation.error instanceof ApiError && invitation.error.status === 404) {
    return (
      <>
        <h1 className="text-20 font-semibold">{t("This invitation is no longer good")}</h1>
        <p className="mt-1 text-ink-2">{invitation.error.message}</p>
      </>
    );
  }
  return (
    <Problem
      title={t("The invitation could not be loaded")}
      error={invitation.error}
      onRetry={() => invitation.refetch()}
    />
  );
}
