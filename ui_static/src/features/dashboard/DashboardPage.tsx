import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import { reportQuery } from "@/api/getReport";
import { siteStatusQuery } from "@/api/getSiteStatus";
import { timeseriesQuery } from "@/api/getTimeseries";
import { topPagesQuery } from "@/api/getTopPages";
import type { MetricName, Site } from "@/api/types";
import { RangePicker } from "@/components/RangePicker";
import { useComparison } from "@/lib/useComparison";
import { useFilters } from "@/lib/useFilters";
import { useRange } from "@/lib/useRange";
import { ChartPanel } from "./ChartPanel";
import { FirstSteps } from "./FirstSteps";
import { Freshness } from "./Freshness";
import { NewReturningPanel } from "./NewReturningPanel";
import { SharesPanel } from "./SharesPanel";
import { SiteSwitcher } from "./SiteSwitcher";
import { SourcesPanel } from "./SourcesPanel";
import { Tiles } from "./Tiles";
import { TopPagesPanel } from "./TopPagesPanel";

interface DashboardPageProps {
  site: Site;
  /** Of whoever came by a share link: they see this site's numbers, and no way to anything else. */
  viewToken?: string;
  /** Whether events arrive, for the header. */
  livePill: ReactNode;
  /** What happens right now, among the panels. */
  livePanel: ReactNode;
}

const BY_FIRST_EVENT = "of visits that began in these days, by the visit's first event.";

function SiteName({ site }: { site: Site }) {
  return (
    <p className="flex min-h-11 min-w-0 items-center text-20 font-semibold sm:min-h-9">
      <span className="truncate">{site.name}</span>
    </p>
  );
}

/** One site's numbers over a range of days. */
export function DashboardPage({ site, viewToken, livePill, livePanel }: DashboardPageProps) {
  const { range, today, choose } = useRange(site.timezone);
  const [metric, setMetric] = useState<MetricName>("visitors");
  const chartId = useId();
  const access = { site_id: site.site_id, viewToken };
  const { filters } = useFilters();
  const { comparison } = useComparison();
  const view = { range, filters };
  const report = useQuery(reportQuery(access, view, comparison));
  const series = useQuery(timeseriesQuery(access, view));
  const pages = useQuery(topPagesQuery(access, view));
  const shared = viewToken !== undefined;
  const status = useQuery({ ...siteStatusQuery(site.site_id), enabled: !shared });
  const neverSeen = status.data?.first_event_at === null;
  return (
    <>
      <title>{`${site.name} · Analytiq`}</title>
      <h1 className="sr-only">{`Dashboard of ${site.name}`}</h1>
      <header className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        {shared ? <SiteName site={site} /> : <SiteSwitcher site={site} />}
        {livePill}
        <div className="flex w-full flex-wrap items-center justify-between gap-x-3 gap-y-2 sm:ml-auto sm:w-auto sm:justify-end">
          <Freshness query={report} timezone={site.timezone} />
          <div className="w-full sm:w-auto">
            <RangePicker range={range} today={today} onChoose={choose} />
          </div>
        </div>
      </header>
      <div className="grid grid-cols-1 gap-3 lg:grid-cols-2">
        <div className="min-w-0 rounded-card border border-line bg-surface lg:col-span-2">
          <Tiles
            report={report.data}
            failed={report.isError}
            series={series.data}
            chosen={metric}
            onChoose={setMetric}
            panelId={chartId}
          />
          <ChartPanel
            id={chartId}
            query={series}
            chosen={metric}
            firstSteps={neverSeen ? <FirstSteps siteId={site.site_id} /> : undefined}
          />
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <SourcesPanel query={report} />
          {livePanel}
        </div>
        <TopPagesPanel query={pages} />
        <div className="grid min-w-0 gap-3 md:grid-cols-3 lg:col-span-2">
          <SharesPanel
            query={report}
            title="Browsers"
            rule={`Share ${BY_FIRST_EVENT}`}
            of={({ browsers }) => browsers}
          />
          <SharesPanel
            query={report}
            title="Operating systems"
            rule={`Share ${BY_FIRST_EVENT}`}
            of={({ operating_systems }) => operating_systems}
          />
          <NewReturningPanel query={report} />
        </div>
      </div>
    </>
  );
}
