import { useMutation, useQueryClient } from "@tanstack/react-query";
import { changeAccess } from "@/api/changeAccess";
import { guestsQuery } from "@/api/getGuests";
import { takeAccess } from "@/api/takeAccess";
import type { Guest } from "@/api/types";
import { Button } from "@/components/Button";
import { FormProblem } from "@/components/FormProblem";
import { t } from "@/lib/i18n";
import { RoleChoice } from "./RoleChoice";

interface GuestRowProps {
  siteId: string;
  guest: Guest;
}

export function GuestRow({ siteId, guest }: GuestRowProps) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: guestsQuery(siteId).queryKey });
  const change = useMutation({
    mutationFn: (role: Guest["role"]) => changeAccess(siteId, guest.account_id, role),
    onSuccess,
  });
  const taking = useMutation({
    mutationFn: () => takeAccess(siteId, guest.account_id),
    onSuccess,
  });
  const name = guest.name || guest.email;
  return (
    <li className="space-y-2 border-t border-line py-3 first:border-0 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-48">
          <p className="truncate font-medium">{name}</p>
          {guest.name && <p className="truncate text-ink-2">{guest.email}</p>}
        </div>
        <div className="flex items-center gap-2">
          <RoleChoice
            name={name}
            roles={["editor", "viewer"]}
            value={guest.role}
            disabled={change.isPending}
            onChoose={(role) => change.mutate(role)}
          />
          <Button
            look="quiet"
            aria-label={t("Take access away from {{name}}", { name })}
            disabled={taking.isPending}
            onClick={() => taking.mutate()}
          >
            {t("Take away")}
          </Button>
        </div>
      </div>
      <FormProblem error={change.error ?? taking.error} fields={[]} />
    </li>
  );
}
