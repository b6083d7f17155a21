import type { QueryClient } from "@tanstack/react-query";
import { REPORT } from "@/api/getReport";
import { siteStatusQuery } from "@/api/getSiteStatus";
import { sitesQuery } from "@/api/getSites";
import { isOfAllVisits, rangeKey, refetchDay } from "@/api/rangeKey";
import type { LiveSummary, Report, Site, SiteStatus, SiteToday } from "@/api/types";
import { todayIn } from "@/lib/dates";

export function todayOf(summary: LiveSummary): SiteToday {
  return {
    visitors: summary.visitors_today,
    visits: summary.visits_today,
    pageviews: summary.pageviews_today,
    current_visitors: summary.current_visitors,
  };
}

function withSummary(report: Report, summary: LiveSummary): Report {
  return {
    ...report,
    unique_visitors: summary.visitors_today,
    total_visitors: summary.visits_today,
    visits: summary.visits_today,
    total_pageviews: summary.pageviews_today,
    bounce_rate_percent: summary.bounce_rate_percent,
    current_visitors: summary.current_visitors,
  };
}

/** Puts the pushed numbers of today where the page shows them, at once and without asking. */
export function showSummary(client: QueryClient, site: Site, summary: LiveSummary): void {
  client.setQueryData(sitesQuery.queryKey, (sites) =>
    sites?.map((other) =>
      other.site_id === site.site_id ? { ...other, today: todayOf(summary) } : other,
    ),
  );
  const today = todayIn(site.timezone, new Date());
  const queryKey = rangeKey(site.site_id, { from: today, to: today }, REPORT);
  // A push tells of all visits; what is filtered has to be asked for.
  client.setQueriesData<Report>(
    { queryKey, predicate: (query) => isOfAllVisits(query.queryKey) },
    (report) => report && withSummary(report, summary),
  );
}

/** Asks again for everything that the site's newest events may have changed. */
export async function refetchToday(client: QueryClient, site: Site): Promise<void> {
  const { queryKey } = siteStatusQuery(site.site_id);
  const status = client.getQueryData<SiteStatus>(queryKey);
  if (status?.first_event_at === null) void client.invalidateQueries({ queryKey });
  await refetchDay(client, site.site_id, todayIn(site.timezone, new Date()));
}

/** Asks again for everything there is about the site: nobody knows what was missed. */
export function refetchAll(client: QueryClient, site: Site): Promise<unknown> {
  return Promise.all([
    client.invalidateQueries({ queryKey: ["site", site.site_id] }),
    client.invalidateQueries({ queryKey: sitesQuery.queryKey }),
  ]);
}
