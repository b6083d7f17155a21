import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { sitesQuery } from "@/api/getSites";
import { transferSite } from "@/api/transferSite";
import type { Site } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { t } from "@/lib/i18n";

interface TransferSiteProps {
  site: Site;
  onTransferred: () => void;
}

/** Hands a website over to another account. */
export function TransferSite({ site, onTransferred }: TransferSiteProps) {
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const transfer = useMutation({
    mutationFn: () => transferSite(site.site_id, email.trim()),
    onSuccess: () => {
      onTransferred();
      client.removeQueries({ queryKey: ["site", site.site_id] });
      return client.invalidateQueries({ queryKey: sitesQuery.queryKey });
    },
  });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    transfer.mutate();
  }

  return (
    <Card title={t("Hand this website over")} id="transfer">
      <p className="text-ink-2">
        {t(
          "It goes to another account with its numbers, goals, key and share links; your pages go on counting. You no longer see it, unless its new owner invites you.",
        )}
      </p>
      <form noValidate onSubmit={onSubmit} className="space-y-4">
        <FormProblem error={transfer.error} fields={["email"]} />
        <TextField
          label={t("Email of its new owner")}
          hint={t("They need an account here. Invite them first if they have none.")}
          type="email"
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={fieldError(transfer.error, "email")}
        />
        <Button look="danger" type="submit" disabled={!email.trim() || transfer.isPending}>
          {t("Hand it over")}
        </Button>
      </form>
    </Card>
  );
}
