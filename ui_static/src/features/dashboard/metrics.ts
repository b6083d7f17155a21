import type { MetricName, Report } from "@/api/types";
import type { AxisKind } from "@/lib/axis";
import {
  formatCompact,
  formatCount,
  formatDuration,
  formatLoad,
  formatPercent,
} from "@/lib/format";

export interface Metric {
  name: MetricName;
  label: string;
  /** Its rule in one sentence. */
  rule: string;
  /** Its value over the whole range; undefined when nobody can know it. */
  of: (report: Report) => number | undefined;
  /** As short as a tile wants it, and in full. */
  short: (value: number) => string;
  full: (value: number) => string;
  axis: AxisKind;
  /** What the chart's axis counts, where the label does not say it. */
  unit?: string;
}

const count = { short: formatCompact, full: formatCount, axis: "count" } as const;

/** A visit-wise metric of a range without visits is not zero, it is unknown. */
function ofVisits(report: Report, value: number): number | undefined {
  return report.visits > 0 ? value : undefined;
}

export const METRICS: readonly Metric[] = [
  {
    name: "visitors",
    label: "Visitors",
    rule: "Different visitors with at least one event in these days; whoever comes twice counts once.",
    of: (report) => report.unique_visitors,
    ...count,
  },
  {
    name: "visits",
    label: "Visits",
    rule: "Visits that began in these days; a visit ends after 30 minutes without an event.",
    of: (report) => report.visits,
    ...count,
  },
  {
    name: "pageviews",
    label: "Pageviews",
    rule: "Pages that were opened in these days, each time they were opened.",
    of: (report) => report.total_pageviews,
    ...count,
  },
  {
    name: "bounce_rate",
    label: "Bounce rate",
    rule: "Share of visits with exactly one pageview and nothing else done; lower is better.",
    of: (report) => ofVisits(report, report.bounce_rate_percent),
    short: formatPercent,
    full: formatPercent,
    axis: "percent",
    unit: "% of visits",
  },
  {
    name: "avg_time",
    label: "Time on site",
    rule: "Average over visits of the time spent on their pages; a visit whose time is unknown counts as zero.",
    of: (report) => ofVisits(report, report.avg_time_spent_on_site_sec),
    short: formatDuration,
    full: formatDuration,
    axis: "seconds",
    unit: "time per visit",
  },
  {
    name: "load_ms",
    label: "Load time",
    rule: "Average time until a page had loaded, over the pageviews that measured it; lower is better.",
    of: (report) => (report.load_ms.p50 === null ? undefined : report.avg_loading_time_ms),
    short: formatLoad,
    full: formatLoad,
    axis: "milliseconds",
    unit: "until the page had loaded",
  },
];

/** The metric of that name. */
export function metricNamed(name: MetricName): Metric {
  return METRICS.find((metric) => metric.name === name) as Metric;
}
