import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { invitationsQuery } from "@/api/getInvitations";
import { revokeInvitation } from "@/api/revokeInvitation";
import type { Invitation } from "@/api/types";
import { Button } from "@/components/Button";
import { FormProblem } from "@/components/FormProblem";
import { Moment } from "@/components/Moment";
import { QueryBody } from "@/components/QueryBody";
import { Rich } from "@/components/Rich";
import { RowSkeleton } from "@/components/RowSkeleton";
import { t } from "@/lib/i18n";
import { ROLE_NAMES } from "./roleWords";

function Row({ invitation }: { invitation: Invitation }) {
  const client = useQueryClient();
  const revocation = useMutation({
    mutationFn: () => revokeInvitation(invitation.id),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  const whom = invitation.email ?? t("Whoever has the link");
  const sites = invitation.sites.map(({ name }) => name).join(", ");
  return (
    <li className="space-y-2 border-t border-line py-3 first:border-0 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-60">
          <p className="truncate font-medium">{whom}</p>
          <p className="text-ink-2">
            {sites
              ? t("{{role}} of {{sites}}", { role: t(ROLE_NAMES[invitation.role]), sites })
              : t(ROLE_NAMES[invitation.role])}
          </p>
          <p className="text-12 text-ink-3">
            <Rich text="Until <when/>" parts={{ when: <Moment at={invitation.expires_at} /> }} />
          </p>
        </div>
        <Button
          aria-label={t("Revoke the invitation of {{whom}}", { whom })}
          disabled={revocation.isPending}
          onClick={() => revocation.mutate()}
        >
          {t("Revoke")}
        </Button>
      </div>
      <FormProblem error={revocation.error} fields={[]} />
    </li>
  );
}

/** The account's own invitations that nobody has used. */
export function OpenInvitations() {
  const invitations = useQuery(invitationsQuery);
  return (
    <QueryBody
      query={invitations}
      name={t("Open invitations")}
      skeleton={<RowSkeleton rows={2} />}
      isEmpty={(found) => found.length === 0}
      empty={
        <p className="text-ink-3">{t("Nobody has an invitation of yours that is still good.")}</p>
      }
    >
      {(found) => (
        <ul>
          {found.map((invitation) => (
            <Row key={invitation.id} invitation={invitation} />
          ))}
        </ul>
      )}
    </QueryBody>
  );
}
