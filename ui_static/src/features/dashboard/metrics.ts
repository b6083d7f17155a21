import type { Comparison, MetricName, Report } from "@/api/types";
import type { AxisKind } from "@/lib/axis";
import {
  formatCompact,
  formatCount,
  formatDuration,
  formatLoad,
  formatPercent,
} from "@/lib/format";
import { type Text, t } from "@/lib/i18n";
import type { Granularity } from "@/lib/range";

/** The figures that a report and the earlier range beside it both have. */
type Figures = Omit<Comparison, "date_range" | "until">;

export interface Metric {
  name: MetricName;
  label: Text;
  /** Its rule in one sentence. */
  rule: Text;
  /** Where the help page about the numbers tells of it. */
  topic: string;
  /** Its value over the whole range; undefined when nobody can know it. */
  of: (figures: Figures) => number | undefined;
  /** As short as a tile wants it, and in full. */
  short: (value: number) => string;
  full: (value: number) => string;
  axis: AxisKind;
  /** What the chart's axis counts, where the label does not say it. */
  unit?: Text;
  /** Drawn as an area: what is counted piles up. */
  area?: true;
  /** Whether less of it is good news. */
  lowerIsBetter?: true;
  /** There is nothing to count without a goal. */
  needsGoals?: true;
}

const count = { short: formatCompact, full: formatCount, axis: "count" } as const;
const percent = { short: formatPercent, full: formatPercent, axis: "percent" } as const;

/** A visit-wise metric of a range without visits is not zero, it is unknown. */
function ofVisits(figures: Figures, value: number): number | undefined {
  return figures.visits > 0 ? value : undefined;
}

export const METRICS: readonly Metric[] = [
  {
    name: "visitors",
    topic: "visitors",
    label: "Visitors",
    rule: "Different visitors with at least one event in these days; whoever comes twice counts once.",
    of: (figures) => figures.unique_visitors,
    ...count,
  },
  {
    name: "visits",
    topic: "visits",
    label: "Visits",
    rule: "Visits that began in these days; a visit ends after 30 minutes without an event.",
    of: (figures) => figures.visits,
    ...count,
  },
  {
    name: "pageviews",
    topic: "pageviews",
    label: "Pageviews",
    rule: "Pages that were opened in these days, each time they were opened.",
    of: (figures) => figures.total_pageviews,
    area: true,
    ...count,
  },
  {
    name: "bounce_rate",
    topic: "bounce-rate",
    label: "Bounce rate",
    rule: "Share of visits with exactly one pageview and nothing else done; lower is better.",
    of: (figures) => ofVisits(figures, figures.bounce_rate_percent),
    ...percent,
    unit: "% of visits",
    lowerIsBetter: true,
  },
  {
    name: "avg_time",
    topic: "time-on-site",
    label: "Time on site",
    rule: "Average over visits of the time spent on their pages; a visit whose time is unknown counts as zero.",
    of: (figures) => ofVisits(figures, figures.avg_time_spent_on_site_sec),
    short: formatDuration,
    full: formatDuration,
    axis: "seconds",
    unit: "time per visit",
  },
  {
    name: "load_ms",
    topic: "load-time",
    label: "Load time",
    rule: "Average time until a page had loaded, over the pageviews that measured it; lower is better.",
    of: (figures) => (figures.load_ms.p50 ? figures.avg_loading_time_ms : undefined),
    short: formatLoad,
    full: formatLoad,
    axis: "milliseconds",
    unit: "until the page had loaded",
    lowerIsBetter: true,
  },
  {
    name: "conversion_rate",
    topic: "conversion-rate",
    label: "Conversion",
    rule: "Share of visitors who reached at least one of your goals in these days.",
    of: (figures) => (figures.unique_visitors > 0 ? figures.conversion_rate_percent : undefined),
    ...percent,
    unit: "% of visitors",
    needsGoals: true,
  },
];

const PER_BUCKET = {
  hour: "{{figure}} per hour",
  day: "{{figure}} per day",
  week: "{{figure}} per week",
  month: "{{figure}} per month",
} as const;

/** "Visitors per day". */
export function perBucket({ label }: Metric, granularity: Granularity): string {
  return t(PER_BUCKET[granularity], { figure: t(label) });
}

/** The metric of that name. */
export function metricNamed(name: MetricName): Metric {
  return METRICS.find((metric) => metric.name === name) as Metric;
}

/** What other programs counted in the range; undefined where they cannot be asked, as for visitors of several days. */
export function importedIn(metric: Metric, { imported }: Report): number | undefined {
  const values: Partial<Record<MetricName, number | null | undefined>> = {
    visits: imported?.visits,
    pageviews: imported?.pageviews,
    bounce_rate: imported?.bounce_rate_percent,
    avg_time: imported?.avg_visit_sec,
  };
  return values[metric.name] ?? undefined;
}

/** What a tile shows; undefined when nobody can know it. */
export function valueIn(metric: Metric, report: Report): number | undefined {
  return metric.needsGoals && report.goals.length === 0 ? undefined : metric.of(report);
}
