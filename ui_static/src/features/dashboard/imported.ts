import type { MetricName, Timeseries } from "@/api/types";

type ImportedDay = Timeseries["imported"][number];

const PROGRAMS: Record<string, string> = {
  plausible: "Plausible",
  ga4: "Google Analytics 4",
  matomo: "Matomo",
};

/** The names of the programs that counted, as they call themselves. */
export function programs(sources: string[]): string {
  return sources.map((source) => PROGRAMS[source] ?? source).join(", ");
}

const OF: Partial<Record<MetricName, (day: ImportedDay) => number | null>> = {
  visitors: (day) => day.visitors,
  visits: (day) => day.visits,
  pageviews: (day) => day.pageviews,
  bounce_rate: (day) => day.bounce_rate,
  avg_time: (day) => day.avg_time,
};

/** What other programs counted of a metric, by the day of a chart's point. */
export function importedValues(series: Timeseries, name: MetricName): Map<string, number> {
  const values = new Map<string, number>();
  for (const day of series.imported) {
    const value = OF[name]?.(day) ?? null;
    if (value !== null) values.set(day.t, value);
  }
  return values;
}
