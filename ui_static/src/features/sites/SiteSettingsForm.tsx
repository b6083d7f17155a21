import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import { siteQuery } from "@/api/getSite";
import { sitesQuery } from "@/api/getSites";
import type { SiteSettings } from "@/api/types";
import { type SiteChanges, updateSite } from "@/api/updateSite";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { Facts } from "@/components/Facts";
import { LinesField, SelectField, TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { linesError, readLines } from "@/components/lines";
import { Rich } from "@/components/Rich";
import { longDay } from "@/lib/dates";
import { t } from "@/lib/i18n";
import { timeZones } from "./timeZones";

const LISTS = ["allowed_parameters", "allowed_hosts", "excluded_hosts"] as const;

/** What an owner may change about a website. */
export function SiteSettingsForm({ site }: { site: SiteSettings }) {
  const client = useQueryClient();
  const [name, setName] = useState(site.name);
  const [timezone, setTimezone] = useState(site.timezone);
  const [texts, setTexts] = useState(() => ({
    allowed_parameters: site.allowed_parameters.join("\n"),
    allowed_hosts: site.allowed_hosts.join("\n"),
    excluded_hosts: site.excluded_hosts.join("\n"),
  }));
  const saving = useMutation({
    mutationFn: (changes: SiteChanges) => updateSite(site.site_id, changes),
    onSuccess: (saved) => {
      client.setQueryData(siteQuery(site.site_id).queryKey, saved);
      return client.invalidateQueries({ queryKey: sitesQuery.queryKey });
    },
  });
  const sent = saving.variables;
  // Entries at fault have addresses of their own, such as allowed_hosts/2.
  const fields = [
    "name",
    "timezone",
    ...LISTS.flatMap((list) => [list, ...numbered(list, sent?.[list] ?? [])]),
  ];

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    saving.mutate({
      name: name.trim(),
      ...(timezone !== site.timezone && { timezone }),
      allowed_parameters: readLines(texts.allowed_parameters),
      allowed_hosts: readLines(texts.allowed_hosts),
      excluded_hosts: readLines(texts.excluded_hosts),
    });
  }

  function list(field: (typeof LISTS)[number]) {
    return {
      autoCapitalize: "none",
      spellCheck: false,
      value: texts[field],
      onChange: (event: { target: { value: string } }) =>
        setTexts({ ...texts, [field]: event.target.value }),
      error: linesError(saving.error, field, sent?.[field] ?? []),
    };
  }

  return (
    <form
      noValidate
      onSubmit={onSubmit}
      onChange={() => saving.isSuccess && saving.reset()}
      className="space-y-3"
    >
      <FormProblem error={saving.error} fields={fields} />
      <Card title={t("General")} id="general">
        <TextField
          label={t("Website name")}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={fieldError(saving.error, "name")}
        />
        <Facts items={[{ name: t("Address"), value: site.url }]} />
        <SelectField
          label={t("Time zone")}
          hint={zoneHint(site.facts_since)}
          value={timezone}
          onChange={(event) => setTimezone(event.target.value)}
          error={fieldError(saving.error, "timezone")}
        >
          {[...new Set([site.timezone, ...timeZones()])].map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </SelectField>
      </Card>
      <Card title={t("What counts")} id="counting">
        <LinesField
          label={t("Hosts that count")}
          placeholder={"shop.example\n*.shop.example"}
          hint={t("One a line. Empty: every host counts. A star stands for all hosts below.")}
          {...list("allowed_hosts")}
        />
        <LinesField
          label={t("Hosts to leave out")}
          placeholder={"localhost"}
          hint={t(
            "One a line, such as your test website. What comes from there is kept, but in no number.",
          )}
          {...list("excluded_hosts")}
        />
        <p className="text-ink-2">
          <Rich
            text="<arrived>See what arrived</arrived> and what was left out."
            parts={{
              arrived: (
                <Link
                  to={`/sites/${site.site_id}/arrived`}
                  className="font-medium text-accent underline"
                />
              ),
            }}
          />
        </p>
      </Card>
      <Card title={t("What is kept of addresses")} id="privacy">
        <LinesField
          label={t("Parameters to keep")}
          placeholder={"ref\nvariant"}
          hint={t(
            "One a line. Of what stands behind the ? only campaigns (utm_…) and these are kept, so that nothing personal is stored by accident.",
          )}
          {...list("allowed_parameters")}
        />
      </Card>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button look="primary" type="submit" disabled={saving.isPending}>
          {t("Save")}
        </Button>
        {saving.isSuccess && (
          <p role="status" className="text-live">
            {sent?.timezone
              ? t(
                  "Saved. Hours and days are cut in the new zone from now on, those of the past too.",
                )
              : t(
                  "Saved. It holds for events from now on; what was counted before stays as it is.",
                )}
          </p>
        )}
      </div>
    </form>
  );
}

/** Of earlier days only sums are kept, which nobody can cut again. */
function zoneHint(factsSince: string | null): string {
  return factsSince
    ? t(
        "A day begins at midnight in this zone. In another zone all hours and days are cut anew, of the past too, but not before {{day}}.",
        { day: longDay(factsSince) },
      )
    : t(
        "A day begins at midnight in this zone. In another zone all hours and days are cut anew, of the past too.",
      );
}

function numbered(list: string, entries: string[]): string[] {
  return entries.map((_, number) => `${list}/${number}`);
}
