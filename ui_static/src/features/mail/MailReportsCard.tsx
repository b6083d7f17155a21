import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { changeMailReports } from "@/api/changeMailReports";
import { mailReportsQuery } from "@/api/getMailReports";
import type { MailReportsForm, SiteMailReports } from "@/api/types";
import { Card } from "@/components/Card";
import { FormProblem } from "@/components/FormProblem";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { type Text, t } from "@/lib/i18n";

const FREQUENCIES: { name: keyof MailReportsForm; label: Text }[] = [
  { name: "weekly", label: "Weekly" },
  { name: "monthly", label: "Monthly" },
];

function SiteRow({ site }: { site: SiteMailReports }) {
  const client = useQueryClient();
  const choosing = useMutation({
    mutationFn: (form: MailReportsForm) => changeMailReports(site.site_id, form),
    onSuccess: () => client.invalidateQueries({ queryKey: mailReportsQuery.queryKey }),
  });
  const { weekly, monthly } = choosing.isPending ? choosing.variables : site;
  const chosen = { weekly, monthly };
  return (
    <li className="border-t border-line py-2 first:border-0 first:pt-0 last:pb-0">
      <fieldset className="flex flex-wrap items-center gap-x-6">
        <legend className="sr-only">{site.name}</legend>
        <span
          aria-hidden="true"
          className="min-w-0 grow basis-full truncate sm:basis-40 font-medium"
        >
          {site.name}
        </span>
        {FREQUENCIES.map(({ name, label }) => (
          <label key={name} className="flex min-h-11 items-center gap-2.5 sm:min-h-8">
            <input
              type="checkbox"
              className="size-4 shrink-0 accent-accent"
              checked={chosen[name]}
              disabled={choosing.isPending}
              onChange={(event) => choosing.mutate({ ...chosen, [name]: event.target.checked })}
            />
            {t(label)}
          </label>
        ))}
      </fieldset>
      <FormProblem error={choosing.error} fields={[]} />
    </li>
  );
}

/** Which websites' numbers come by e-mail, and how often. */
export function MailReportsCard() {
  const reports = useQuery(mailReportsQuery);
  return (
    <Card title={t("Numbers by e-mail")} id="reports">
      <QueryBody
        query={reports}
        name={t("Numbers by e-mail")}
        skeleton={<RowSkeleton rows={2} />}
        isEmpty={({ sites }) => sites.length === 0}
        empty={<p className="text-ink-2">{t("You have no website yet.")}</p>}
      >
        {({ sites, sent_to, can_send }) => (
          <div className="space-y-4">
            <p className="text-pretty text-ink-2">
              {t(
                "A website's numbers of the last week or month, on the morning after, to {{address}}.",
                { address: sent_to },
              )}{" "}
              {!can_send && t("They come once an owner of this Analytiq has named a mail server.")}
            </p>
            <ul>
              {sites.map((site) => (
                <SiteRow key={site.site_id} site={site} />
              ))}
            </ul>
          </div>
        )}
      </QueryBody>
    </Card>
  );
}
