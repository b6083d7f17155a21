import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Link } from "react-router";
import { siteQuery } from "@/api/getSite";
import { sitesQuery } from "@/api/getSites";
import type { SiteSettings } from "@/api/types";
import { type SiteChanges, updateSite } from "@/api/updateSite";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { LinesField, TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { linesError, readLines } from "@/components/lines";

const LISTS = ["allowed_parameters", "allowed_hosts", "excluded_hosts"] as const;

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-12 text-ink-3">{name}</dt>
      <dd className="mt-0.5 wrap-anywhere">{value}</dd>
    </div>
  );
}

/** What an owner may change about a website. */
export function SiteSettingsForm({ site }: { site: SiteSettings }) {
  const client = useQueryClient();
  const [name, setName] = useState(site.name);
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
    ...LISTS.flatMap((list) => [list, ...numbered(list, sent?.[list] ?? [])]),
  ];

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    saving.mutate({
      name: name.trim(),
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
      <Card title="General">
        <TextField
          label="Website name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={fieldError(saving.error, "name")}
        />
        <dl className="grid gap-4 sm:grid-cols-2">
          <Fact name="Address" value={site.url} />
          <Fact name="Time zone, in which its days begin" value={site.timezone} />
        </dl>
      </Card>
      <Card title="What counts">
        <LinesField
          label="Hosts that count"
          placeholder={"shop.example\n*.shop.example"}
          hint="One a line. Empty: every host counts. A star stands for all hosts below."
          {...list("allowed_hosts")}
        />
        <LinesField
          label="Hosts to leave out"
          placeholder="localhost"
          hint="One a line, such as your test website. What comes from there is kept, but in no number."
          {...list("excluded_hosts")}
        />
        <p className="text-ink-2">
          <Link to={`/sites/${site.site_id}/arrived`} className="font-medium text-accent underline">
            See what arrived
          </Link>{" "}
          and what was left out.
        </p>
      </Card>
      <Card title="What is kept of addresses">
        <LinesField
          label="Parameters to keep"
          placeholder={"ref\nvariant"}
          hint="One a line. Of what stands behind the ? only campaigns (utm_…) and these are kept, so that nothing personal is stored by accident."
          {...list("allowed_parameters")}
        />
      </Card>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button look="primary" type="submit" disabled={saving.isPending}>
          Save
        </Button>
        {saving.isSuccess && (
          <p role="status" className="text-live">
            Saved. It holds for events from now on; what was counted before stays as it is.
          </p>
        )}
      </div>
    </form>
  );
}

function numbered(list: string, entries: string[]): string[] {
  return entries.map((_, number) => `${list}/${number}`);
}
