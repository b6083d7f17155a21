import { useQuery } from "@tanstack/react-query";
import { snippetQuery } from "@/api/getSnippet";
import type { RecentEvent, Site } from "@/api/types";
import { Notice } from "@/components/Notice";
import { Problem } from "@/components/Problem";
import { t } from "@/lib/i18n";
import { obstacle } from "@/lib/reachability";
import { Arrival } from "./Arrival";
import { PageProbe } from "./PageProbe";
import { SnippetInstall } from "./SnippetInstall";

function Credential({ name, value }: { name: string; value: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-ink-3">{name}</dt>
      <dd className="font-mono text-12 break-all">{value}</dd>
    </div>
  );
}

interface SnippetViewProps {
  site: Site;
  /** What was counted lately, newest first. */
  events: readonly RecentEvent[];
}

/** The code of a website, where to put it, and whether it works. */
export function SnippetView({ site, events }: SnippetViewProps) {
  const snippet = useQuery({ ...snippetQuery(site.site_id), staleTime: 60_000 });
  if (snippet.isError && !snippet.data) {
    return (
      <Problem
        title={t("The code could not be loaded")}
        error={snippet.error}
        onRetry={() => snippet.refetch()}
      />
    );
  }
  if (!snippet.data) return <div className="skeleton h-80" aria-busy="true" />;
  const blocked = obstacle(snippet.data.script_url, site.url);
  return (
    <div className="space-y-6">
      {blocked && (
        <Notice tone="warn" title={blocked.title}>
          {blocked.detail}
        </Notice>
      )}
      <SnippetInstall snippet={snippet.data} />
      <Arrival site={site} scriptUrl={snippet.data.script_url} events={events} />
      <PageProbe site={site} />
      <dl className="grid gap-3 sm:grid-cols-2">
        <Credential name={t("Site id")} value={snippet.data.site_id} />
        <Credential name={t("Site key")} value={snippet.data.site_key} />
      </dl>
    </div>
  );
}
