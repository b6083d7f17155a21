import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import { reportQuery } from "@/api/getReport";
import { siteStatusQuery } from "@/api/getSiteStatus";
import { timeseriesQuery } from "@/api/getTimeseries";
import type { SiteAccess } from "@/api/sitePath";
import type { MetricName, Report, Site } from "@/api/types";
import { RangePicker } from "@/components/RangePicker";
import { useComparison } from "@/lib/useComparison";
import { useFilters } from "@/lib/useFilters";
import { useRange } from "@/lib/useRange";
import type { View } from "@/lib/view";
import { ChartPanel } from "./ChartPanel";
import { FirstSteps } from "./FirstSteps";
import { Freshness } from "./Freshness";
import { SiteSwitcher } from "./SiteSwitcher";
import { Tiles } from "./Tiles";

/** What the page shows, for whatever stands on it. */
interface Shown {
  access: SiteAccess;
  view: View;
  report: UseQueryResult<Report>;
}

interface DashboardPageProps {
  site: Site;
  /** Of whoever came by a share link: they see this site's numbers, and no way to anything else. */
  viewToken?: string;
  /** Whether events arrive, for the header. */
  livePill: ReactNode;
  /** What stands below the chart. */
  panels: (shown: Shown) => ReactNode;
}

function SiteName({ site }: { site: Site }) {
  return (
    <p className="flex min-h-11 min-w-0 items-center text-20 font-semibold sm:min-h-9">
      <span className="truncate">{site.name}</span>
    </p>
  );
}

/** One site's numbers over a range of days. */
export function DashboardPage({ site, viewToken, livePill, panels }: DashboardPageProps) {
  const { range, today, choose } = useRange(site.timezone);
  const [metric, setMetric] = useState<MetricName>("visitors");
  const chartId = useId();
  const access = { site_id: site.site_id, viewToken };
  const { filters } = useFilters();
  const { comparison } = useComparison();
  const view = { range, filters };
  const report = useQuery(reportQuery(access, view, comparison));
  const series = useQuery(timeseriesQuery(access, view));
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
      <div className="min-w-0 rounded-card border border-line bg-surface">
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
      {panels({ access, view, report })}
    </>
  );
}
