import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { invitationsQuery } from "@/api/getInvitations";
import { revokeInvitation } from "@/api/revokeInvitation";
import type { Invitation } from "@/api/types";
import { Button } from "@/components/Button";
import { FormProblem } from "@/components/FormProblem";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { moment } from "@/lib/dates";
import { ROLE_NAMES } from "./roleWords";

function Row({ invitation }: { invitation: Invitation }) {
  const client = useQueryClient();
  const revocation = useMutation({
    mutationFn: () => revokeInvitation(invitation.id),
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });
  const whom = invitation.email ?? "Whoever has the link";
  const sites = invitation.sites.map(({ name }) => name).join(", ");
  return (
    <li className="space-y-2 border-t border-line py-3 first:border-0 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-60">
          <p className="truncate font-medium">{whom}</p>
          <p className="text-ink-2">
            {ROLE_NAMES[invitation.role]}
            {sites && ` of ${sites}`}
          </p>
          <p className="text-12 text-ink-3">
            Until <time dateTime={invitation.expires_at}>{moment(invitation.expires_at)}</time>
          </p>
        </div>
        <Button
          aria-label={`Revoke the invitation of ${whom}`}
          disabled={revocation.isPending}
          onClick={() => revocation.mutate()}
        >
          Revoke
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
      name="Open invitations"
      skeleton={<RowSkeleton rows={2} />}
      isEmpty={(found) => found.length === 0}
      empty={<p className="text-ink-3">Nobody has an invitation of yours that is still good.</p>}
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
