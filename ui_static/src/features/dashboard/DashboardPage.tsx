import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { reportQuery } from "@/api/getReport";
import { siteStatusQuery } from "@/api/getSiteStatus";
import { timeseriesQuery } from "@/api/getTimeseries";
import type { SiteAccess } from "@/api/sitePath";
import type { Report, Site } from "@/api/types";
import { RangePicker } from "@/components/RangePicker";
import type { LocalDate } from "@/lib/dates";
import { t } from "@/lib/i18n";
import { granularityOf, rangeLabel } from "@/lib/range";
import { useComparison } from "@/lib/useComparison";
import { useFilters } from "@/lib/useFilters";
import { useRange } from "@/lib/useRange";
import type { View } from "@/lib/view";
import { ChartPanel } from "./ChartPanel";
import { CompareMenu } from "./CompareMenu";
import { Exactness } from "./Exactness";
import { FilterBar } from "./FilterBar";
import { Freshness } from "./Freshness";
import { ImportedNote } from "./ImportedNote";
import { NothingToDraw } from "./NothingToDraw";
import { ReportProblem } from "./ReportProblem";
import { Shortcuts } from "./Shortcuts";
import { SiteSwitcher } from "./SiteSwitcher";
import { Tiles } from "./Tiles";
import { useChartMetric } from "./useChartMetric";
import { useEarlier } from "./useEarlier";

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
  /** Of earlier days only sums are kept; undefined where that is not known. */
  factsSince?: LocalDate | null;
  /** Whether events arrive, for the header. */
  livePill: ReactNode;
  /** What else can be done with the numbers, for the header. */
  actions?: (view: View) => ReactNode;
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

/** One site's numbers over a range of days, of the visits that its filters keep. */
export function DashboardPage({ site, viewToken, factsSince, ...parts }: DashboardPageProps) {
  const days = useRange(site.timezone);
  const { filters } = useFilters();
  const { comparison, compare } = useComparison();
  const [metric, chooseMetric] = useChartMetric();
  const chartId = useId();
  const access = { site_id: site.site_id, viewToken };
  const view = { range: days.range, filters };
  const granularity = granularityOf(days.range);
  const report = useQuery(reportQuery(access, view, comparison));
  const series = useQuery(timeseriesQuery(access, view, granularity));
  const earlier = useEarlier(
    access,
    view,
    granularity,
    report.isPlaceholderData ? undefined : report.data,
  );
  const shared = viewToken !== undefined;
  const status = useQuery({ ...siteStatusQuery(site.site_id), enabled: !shared });
  return (
    <>
      <title>{`${site.name} · Analytiq`}</title>
      <h1 className="sr-only">{t("Dashboard of {{name}}", { name: site.name })}</h1>
      <header className="mb-3 space-y-2">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          {shared ? <SiteName site={site} /> : <SiteSwitcher site={site} />}
          {parts.livePill}
          <p className="hidden text-ink-2 print:block">{rangeLabel(days.range)}</p>
          <div className="flex w-full flex-wrap items-center gap-2 sm:ms-auto sm:w-auto print:hidden">
            <div className="w-full sm:w-auto">
              <RangePicker days={days} />
            </div>
            <CompareMenu
              chosen={comparison}
              ofHours={days.range.until !== undefined}
              onChoose={compare}
            />
            {parts.actions?.(view)}
          </div>
        </div>
        <div className="flex items-start justify-between gap-x-3 gap-y-2 max-sm:flex-wrap">
          <FilterBar access={access} view={view} />
          <div className="flex min-h-8 items-center gap-2">
            <Freshness query={report} timezone={site.timezone} />
            <Shortcuts />
          </div>
        </div>
      </header>
      <div className="min-w-0 rounded-card border border-line bg-surface">
        <ReportProblem
          query={report}
          onStopComparing={comparison === "none" ? undefined : () => compare("none")}
        />
        <Tiles
          report={report.data}
          failed={report.isError}
          series={series.data}
          chosen={metric}
          onChoose={chooseMetric}
          panelId={chartId}
        />
        <ChartPanel
          id={chartId}
          query={series}
          chosen={metric}
          range={days.range}
          earlier={earlier}
          awaitsEarlier={
            comparison !== "none" &&
            (series.isPending || report.isPending || report.isPlaceholderData)
          }
          nothing={
            <NothingToDraw
              siteId={shared ? undefined : site.site_id}
              neverSeen={status.data?.first_event_at === null}
              report={report.data}
              metric={metric}
            />
          }
        />
        <ImportedNote report={report.data} granularity={granularity} />
        <Exactness report={report.data} factsSince={factsSince} />
      </div>
      {parts.panels({ access, view, report })}
    </>
  );
}
