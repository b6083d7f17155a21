import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { createInvitation } from "@/api/createInvitation";
import { invitationsQuery } from "@/api/getInvitations";
import { sitesQuery } from "@/api/getSites";
import type { Account, Role, Site } from "@/api/types";
import { Button } from "@/components/Button";
import { SelectField, TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { t } from "@/lib/i18n";
import { InvitationLink } from "./InvitationLink";
import { ROLE_NAMES, ROLE_WORDS } from "./roleWords";
import { SiteChoice } from "./SiteChoice";

interface InviteFormProps {
  account: Account;
  /** The one website that it is for; left out: those that are chosen here. */
  site?: Site;
}

function rolesOf(account: Account, site: Site | undefined): Role[] {
  return account.role === "owner" && !site ? ["viewer", "editor", "owner"] : ["viewer", "editor"];
}

/** Makes an invitation and shows its link, once. */
export function InviteForm({ account, site }: InviteFormProps) {
  const client = useQueryClient();
  const [role, setRole] = useState<Role>("viewer");
  const [email, setEmail] = useState("");
  const [chosen, setChosen] = useState<string[]>(site ? [site.site_id] : []);
  const sites = useQuery({ ...sitesQuery, enabled: !site });
  const own = sites.data?.filter((found) => found.role === "owner") ?? [];
  const invitation = useMutation({
    mutationFn: createInvitation,
    onSuccess: () => client.invalidateQueries({ queryKey: invitationsQuery.queryKey }),
  });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    invitation.mutate({ role, sites: chosen, email: email.trim() || null });
  }

  if (invitation.data) {
    return <InvitationLink invitation={invitation.data} onAnother={() => invitation.reset()} />;
  }
  return (
    <form noValidate onSubmit={onSubmit} className="space-y-4">
      <FormProblem error={invitation.error} fields={["email", "sites"]} />
      <SelectField
        label={t("As")}
        hint={t(ROLE_WORDS[role])}
        value={role}
        onChange={(event) => setRole(event.target.value as Role)}
      >
        {rolesOf(account, site).map((choice) => (
          <option key={choice} value={choice}>
            {t(ROLE_NAMES[choice])}
          </option>
        ))}
      </SelectField>
      {!site && own.length > 0 && (
        <SiteChoice
          sites={own}
          chosen={chosen}
          onChoose={setChosen}
          error={fieldError(invitation.error, "sites")}
        />
      )}
      <TextField
        label={t("For this email address only")}
        hint={t("Optional. Without it, the first person to open the link can use it.")}
        type="email"
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={fieldError(invitation.error, "email")}
      />
      <Button look="primary" type="submit" disabled={invitation.isPending}>
        {t("Make the link")}
      </Button>
    </form>
  );
}
