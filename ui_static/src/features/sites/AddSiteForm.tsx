import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { createSite } from "@/api/createSite";
import { sitesQuery } from "@/api/getSites";
import type { NewSite } from "@/api/types";
import { Button } from "@/components/Button";
import { SelectField, TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { t } from "@/lib/i18n";
import { siteAddress } from "./siteAddress";
import { guessTimeZone, timeZones } from "./timeZones";

const FIELDS = ["name", "url", "timezone"];

export function AddSiteForm({ onAdded }: { onAdded: (site: NewSite) => void }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [url, setUrl] = useState("");
  const [timezone, setTimezone] = useState(guessTimeZone);
  const creation = useMutation({
    mutationFn: createSite,
    onSuccess: (site) => {
      onAdded(site);
      return client.invalidateQueries({ queryKey: sitesQuery.queryKey });
    },
  });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    creation.mutate({ name: name.trim(), url: siteAddress(url), timezone });
  }

  return (
    <form onSubmit={onSubmit} className="space-y-4">
      <FormProblem error={creation.error} fields={FIELDS} />
      <TextField
        label={t("Website name")}
        placeholder={t("Shoe shop")}
        required
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={fieldError(creation.error, "name")}
      />
      <TextField
        label={t("Website address")}
        placeholder={t("https://shoes.example")}
        inputMode="url"
        autoComplete="url"
        autoCapitalize="none"
        spellCheck={false}
        required
        value={url}
        onChange={(event) => setUrl(event.target.value)}
        error={fieldError(creation.error, "url")}
      />
      <SelectField
        label={t("Time zone")}
        hint={t("A day on the dashboard begins at midnight in this zone.")}
        value={timezone}
        onChange={(event) => setTimezone(event.target.value)}
        error={fieldError(creation.error, "timezone")}
      >
        {timeZones().map((zone) => (
          <option key={zone}>{zone}</option>
        ))}
      </SelectField>
      <Button look="primary" type="submit" className="w-full" disabled={creation.isPending}>
        {t("Add website")}
      </Button>
    </form>
  );
}
