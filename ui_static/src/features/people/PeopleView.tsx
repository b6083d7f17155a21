import { useQuery } from "@tanstack/react-query";
import { peopleQuery } from "@/api/getPeople";
import type { Account } from "@/api/types";
import { Card } from "@/components/Card";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { t } from "@/lib/i18n";
import { InviteForm } from "./InviteForm";
import { OpenInvitations } from "./OpenInvitations";
import { PersonRow } from "./PersonRow";

/** The accounts of this Analytiq and the invitations to it, for an owner. */
export function PeopleView({ account }: { account: Account }) {
  const people = useQuery(peopleQuery);
  return (
    <div className="space-y-3">
      <Card title={t("Accounts")}>
        <QueryBody
          query={people}
          name={t("The accounts")}
          skeleton={<RowSkeleton rows={3} />}
          isEmpty={() => false}
          empty={null}
        >
          {(found) => (
            <ul>
              {found.map((person) => (
                <PersonRow
                  key={person.account_id}
                  person={person}
                  isMe={person.account_id === account.id}
                />
              ))}
            </ul>
          )}
        </QueryBody>
      </Card>
      <Card title={t("Invite somebody")}>
        <InviteForm account={account} />
      </Card>
      <Card title={t("Open invitations")}>
        <OpenInvitations />
      </Card>
    </div>
  );
}
