import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeRole } from "@/api/changeRole";
import { accountQuery } from "@/api/getMe";
import { peopleQuery } from "@/api/getPeople";
import { removeAccount } from "@/api/removeAccount";
import type { Person, Role } from "@/api/types";
import { Button } from "@/components/Button";
import { FormProblem } from "@/components/FormProblem";
import { t } from "@/lib/i18n";
import { inSentence } from "@/lib/locale";
import { RoleChoice } from "./RoleChoice";
import { ROLE_NAMES } from "./roleWords";

interface PersonRowProps {
  person: Person;
  isMe: boolean;
}

function websites({ sites_owned, shared }: Person): string {
  const own =
    sites_owned === 0 ? t("Owns no website") : t("Owns {{count}} websites", { count: sites_owned });
  if (shared.length === 0) return own;
  const sites = shared.map(({ name, role }) => `${name} (${inSentence(t(ROLE_NAMES[role]))})`);
  return `${own} · ${t("you share {{sites}}", { sites: sites.join(", ") })}`;
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
            {isMe && <span className="font-normal text-ink-3"> {t("(you)")}</span>}
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
              {t("Remove")}
            </Button>
          )}
        </div>
      </div>
      {asking && (
        <div className="flex flex-wrap items-center gap-2 rounded-control bg-raised p-3">
          <p className="grow">
            {t("{{name}} is signed out everywhere and cannot come back without an invitation.", {
              name,
            })}
          </p>
          <Button look="danger" disabled={removal.isPending} onClick={() => removal.mutate()}>
            {t("Remove {{name}}", { name })}
          </Button>
          <Button onClick={() => setAsking(false)}>{t("Keep")}</Button>
        </div>
      )}
      <FormProblem error={change.error ?? removal.error} fields={[]} />
    </li>
  );
}
