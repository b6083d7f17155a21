import type { MetricName, Timeseries } from "@/api/types";
import { dayAndMonth, longDay, monthAndYear } from "@/lib/dates";
import { t } from "@/lib/i18n";
import type { Granularity } from "@/lib/range";
import { importedValues } from "./imported";
import type { Metric } from "./metrics";

export interface ChartPoint {
  t: string;
  /** The value of a bucket that has ended. */
  done: number | null;
  /** Set for the bucket of now and the one before it: the dotted end of the line. */
  now: number | null;
  incomplete: boolean;
  /** No neighbour has a value, so that no line leads here. */
  alone: boolean;
  /** The same bucket of the earlier range, where one is compared. */
  earlier: number | null;
  earlierT: string | undefined;
  /** What another program counted; then the website itself counted nothing. */
  imported: number | null;
}

/** What each is a rate or mean of. */
const OF: Partial<Record<MetricName, MetricName>> = {
  bounce_rate: "visits",
  avg_time: "visits",
  conversion_rate: "visitors",
};

/** A rate of nothing is unknown, and a page never loads in 0 ms: such zeros are gaps. */
function known(series: Timeseries, name: MetricName, index: number): number | null {
  const value = series.series[name][index]?.value ?? null;
  const whole = OF[name];
  if (whole && !series.series[whole][index]?.value) return null;
  if (name === "load_ms" && value === 0) return null;
  return value;
}

/** The points of one metric for the chart, beside those of an earlier range; buckets still to come stay empty. */
export function chartPoints(
  series: Timeseries,
  name: MetricName,
  earlier?: Timeseries,
): ChartPoint[] {
  const points = series.series[name];
  const imported = importedValues(series, name);
  const current = points.findIndex((point) => point.incomplete);
  const values = points.map(({ t }, index) =>
    (current >= 0 && index > current) || imported.has(t) ? null : known(series, name, index),
  );
  return points.map(({ t }, index) => {
    const value = values[index] ?? null;
    const incomplete = index === current;
    const dotted = incomplete || index === current - 1;
    const alone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
    return {
      t,
      done: incomplete ? null : value,
      now: dotted ? value : null,
      incomplete,
      alone,
      earlier: earlier ? known(earlier, name, index) : null,
      earlierT: earlier?.series[name][index]?.t,
      imported: imported.get(t) ?? null,
    };
  });
}

/** The value of a point, whichever line it belongs to. */
export function pointValue(point: ChartPoint): number | null {
  return point.incomplete ? point.now : point.done;
}

/** A value in words; nobody can know the rate of nothing. */
export function said(metric: Metric, value: number | null): string {
  return value === null ? t("not known") : metric.full(value);
}

/** The value of a point in words, and whose it is where it is not the website's own. */
export function valueSaid(metric: Metric, point: ChartPoint): string {
  return point.imported === null
    ? said(metric, pointValue(point))
    : t("{{value}}, imported", { value: metric.full(point.imported) });
}

/** A short mark under the axis: "14:00", "Sep 2025", or "10 Sep" for days, weeks and midnights. */
export function axisLabel(time: string, granularity: Granularity): string {
  if (granularity === "month") return monthAndYear(time);
  if (granularity !== "hour") return dayAndMonth(time);
  return time.slice(11, 13) === "00" ? dayAndMonth(time.slice(0, 10)) : time.slice(11, 16);
}

/** The bucket in words: "Wed 10 Sep 2025, 14:00", "Week from Mon 8 Sep 2025", "Sep 2025". */
export function bucketLabel(time: string, granularity: Granularity): string {
  if (granularity === "month") return monthAndYear(time);
  if (granularity === "hour") return `${longDay(time.slice(0, 10))}, ${time.slice(11, 16)}`;
  return granularity === "week" ? t("Week from {{day}}", { day: longDay(time) }) : longDay(time);
}
