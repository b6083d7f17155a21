import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { deleteSite } from "@/api/deleteSite";
import { ledgerQuery } from "@/api/getLedger";
import { sitesQuery } from "@/api/getSites";
import type { Site } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { t } from "@/lib/i18n";

interface DeleteSiteProps {
  site: Site;
  onDeleted: () => void;
}

/** Deletes a website, once its name was typed. */
export function DeleteSite({ site, onDeleted }: DeleteSiteProps) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const always = { from: "2000-01-01", to: new Date().toISOString().slice(0, 10) };
  const ledger = useQuery(ledgerQuery(site.site_id, always));
  const removal = useMutation({
    mutationFn: () => deleteSite(site.site_id, name),
    onSuccess: () => {
      onDeleted();
      client.removeQueries({ queryKey: ["site", site.site_id] });
      return client.invalidateQueries({ queryKey: sitesQuery.queryKey });
    },
  });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    removal.mutate();
  }

  const count = ledger.data?.total.stored;
  return (
    <Card title={t("Delete this website")} id="delete">
      <p className="text-ink-2">
        {count === undefined
          ? t(
              "All its events, numbers, goals and settings will be gone for good; only a backup brings them back.",
            )
          : t(
              "Its {{count}} counted events, and all numbers, goals and settings with them, will be gone for good; only a backup brings them back.",
              { count },
            )}{" "}
        {t("Pages that still have the code send it for nothing.")}
      </p>
      <form noValidate onSubmit={onSubmit} className="space-y-4">
        <FormProblem error={removal.error} fields={["confirm"]} />
        <TextField
          label={t("To confirm, type the name: {{name}}", { name: site.name })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={fieldError(removal.error, "confirm")}
        />
        <Button
          look="danger"
          type="submit"
          disabled={name.trim() !== site.name || removal.isPending}
        >
          {t("Delete this website")}
        </Button>
      </form>
    </Card>
  );
}
