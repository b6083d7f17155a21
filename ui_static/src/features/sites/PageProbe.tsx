import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { probeQuery } from "@/api/getProbe";
import { probePage } from "@/api/probePage";
import type { ProbeState, Site } from "@/api/types";
import { Button } from "@/components/Button";
import { FormProblem } from "@/components/FormProblem";
import { Moment } from "@/components/Moment";
import { Rich } from "@/components/Rich";
import { t } from "@/lib/i18n";
import { FINDINGS } from "./probeFindings";

function Result({ state: { finding, detail, probed_at } }: { state: ProbeState }) {
  if (finding === null || probed_at === null) return null;
  const { title, text } = FINDINGS[finding];
  const good = finding === "found";
  const Icon = good ? CircleCheck : TriangleAlert;
  return (
    <div role="status" className="flex items-start gap-3">
      <Icon className={`size-5 shrink-0 ${good ? "text-live" : "text-warn"}`} aria-hidden="true" />
      <div className="min-w-0">
        <p className="font-medium">{t(title)}</p>
        <p className="text-pretty text-ink-2">{t(text)}</p>
        {detail && <p className="font-mono text-12 wrap-anywhere text-ink-2">{detail}</p>}
        <p className="mt-1 text-12 text-ink-3">
          <Rich text="Looked at <when/>" parts={{ when: <Moment at={probed_at} /> }} />
        </p>
      </div>
    </div>
  );
}

/** Whether the website's page has the code, as this program sees it without a browser. */
export function PageProbe({ site }: { site: Site }) {
  const client = useQueryClient();
  const { queryKey, ...query } = probeQuery(site.site_id);
  const last = useQuery({ queryKey, ...query });
  const looking = useMutation({
    mutationFn: (allow: boolean) => probePage(site.site_id, { own_network: allow || null }),
    onSuccess: (state) => client.setQueryData(queryKey, state),
  });
  return (
    <section
      aria-label={t("A look at your page")}
      className="space-y-4 rounded-card border border-line p-4"
    >
      <div>
        <h2 className="font-semibold">{t("A look at your page")}</h2>
        <p className="text-pretty text-ink-2">
          {t(
            "Analytiq opens {{url}} once a day and looks whether the code is still there. You can have it look now.",
            { url: site.url },
          )}
        </p>
      </div>
      <FormProblem error={looking.error ?? last.error} fields={[]} />
      {last.data && <Result state={last.data} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button disabled={looking.isPending} onClick={() => looking.mutate(false)}>
          {looking.isPending ? t("Looking") : t("Look at my page")}
        </Button>
        {last.data?.finding === "private" && (
          <Button disabled={looking.isPending} onClick={() => looking.mutate(true)}>
            {t("Allow it, and look")}
          </Button>
        )}
      </div>
    </section>
  );
}
