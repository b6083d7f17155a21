import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeRole } from "@/api/changeRole";
import { accountQuery } from "@/api/getMe";
import { peopleQuery } from "@/api/getPeople";
import { removeAccount } from "@/api/removeAccount";
import type { Person, Role } from "@/api/types";
import { Button } from "@/components/Button";
import { FormProblem } from "@/components/FormProblem";
import { plural } from "@/lib/format";
import { RoleChoice } from "./RoleChoice";

interface PersonRowProps {
  person: Person;
  isMe: boolean;
}

function websites({ sites_owned, shared }: Person): string {
  const own = `Owns ${sites_owned === 0 ? "no website" : plural(sites_owned, "website")}`;
  if (shared.length === 0) return own;
  return `${own} · you share ${shared.map(({ name, role }) => `${name} (${role})`).join(", ")}`;
}

export function PersonRow({ person, isMe }: PersonRowProps) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: peopleQuery.queryKey }),
      isMe && client.invalidateQueries({ queryKey: accountQuery.queryKey }),
    ]);
  const change = useMutation({
    mutationFn: (role: Role) => changeRole(person.account_id, role),
    onSuccess: refresh,
  });
  const removal = useMutation({
    mutationFn: () => removeAccount(person.account_id),
    onSuccess: refresh,
    onError: () => setAsking(false),
  });
  const name = person.name || person.email;
  return (
    <li className="space-y-3 border-t border-line py-3 first:border-0 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-60">
          <p className="truncate font-medium">
            {name}
            {isMe && <span className="font-normal text-ink-3"> (you)</span>}
          </p>
          {person.name && <p className="truncate text-ink-2">{person.email}</p>}
          <p className="text-12 text-ink-3">{websites(person)}</p>
        </div>
        <div className="flex items-center gap-2 sm:flex-row-reverse">
          <RoleChoice
            name={name}
            roles={["owner", "editor", "viewer"]}
            value={person.role}
            disabled={change.isPending}
            onChoose={(role) => change.mutate(role)}
          />
          {!isMe && !asking && (
            <Button look="quiet" onClick={() => setAsking(true)}>
              Remove
            </Button>
          )}
        </div>
      </div>
      {asking && (
        <div className="flex flex-wrap items-center gap-2 rounded-control bg-raised p-3">
          <p className="grow">
            {name} is signed out everywhere and cannot come back without an invitation.
          </p>
          <Button look="danger" disabled={removal.isPending} onClick={() => removal.mutate()}>
            Remove {name}
          </Button>
          <Button onClick={() => setAsking(false)}>Keep</Button>
        </div>
      )}
      <FormProblem error={change.error ?? removal.error} fields={[]} />
    </li>
  );
}
