import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useRef } from "react";
import type { MetricName, Timeseries } from "@/api/types";
import { Explain } from "@/components/Explain";
import { QueryBody } from "@/components/QueryBody";
import { t } from "@/lib/i18n";
import { type DateRange, type Granularity, rangeLabel } from "@/lib/range";
import { ChartLegend } from "./ChartLegend";
import { ChartMenu } from "./ChartMenu";
import { ChartTable } from "./ChartTable";
import { type ChartPoint, chartPoints, pointValue } from "./chartPoints";
import { programs } from "./imported";
import { MainChart } from "./MainChart";
import { type Metric, metricNamed, perBucket } from "./metrics";
import type { Earlier } from "./useEarlier";

interface ChartPanelProps {
  id: string;
  query: UseQueryResult<Timeseries>;
  chosen: MetricName;
  /** Of these days, and the earlier ones they are compared with. */
  range: DateRange;
  earlier: Earlier | undefined;
  /** They are still to come, so that there is room for their name: on a phone it has lines of its own. */
  awaitsEarlier: boolean;
  /** In the chart's place when there is nothing to draw. */
  nothing: ReactNode;
}

const HEIGHT = "h-[300px]";
const SKELETON = <div className={`skeleton ${HEIGHT}`} />;

function isEmpty(series: Timeseries, name: MetricName): boolean {
  return chartPoints(series, name).every((point) => !pointValue(point) && !point.imported);
}

function caption(metric: Metric, granularity: Granularity, timezone: string): string {
  const unit = metric.unit ? `, ${t(metric.unit)}` : "";
  return `${perBucket(metric, granularity)}${unit} · ${t("{{timezone}} time", { timezone })}`;
}

/** The programs whose days are drawn. */
function importedFrom(series: Timeseries, points: ChartPoint[]): string | undefined {
  const drawn = new Set(points.filter((point) => point.imported !== null).map(({ t }) => t));
  const sources = series.imported.filter(({ t }) => drawn.has(t)).map(({ source }) => source);
  return sources.length > 0 ? programs([...new Set(sources)].sort()) : undefined;
}

/** The chart of the chosen figure, under the tiles. */
export function ChartPanel({
  id,
  query,
  chosen,
  range,
  earlier,
  awaitsEarlier,
  nothing,
}: ChartPanelProps) {
  const drawing = useRef<HTMLDivElement>(null);
  const metric = metricNamed(chosen);
  const granularity = (query.data?.granularity ?? "day") as Granularity;
  const points = query.data ? chartPoints(query.data, chosen, earlier?.series) : [];
  const title = query.data ? caption(metric, granularity, query.data.timezone) : "";
  const days = rangeLabel(range);
  const earlierDays = earlier && rangeLabel(earlier.range);
  const drawn = query.data !== undefined && !isEmpty(query.data, chosen);
  return (
    <div id={id} role="tabpanel" aria-labelledby={`tile-${chosen}`} className="min-h-92 p-4">
      <div className="mb-2 flex min-h-9 items-center gap-x-4 gap-y-1 max-sm:flex-wrap">
        <div className="flex min-h-11 min-w-0 grow basis-0 items-center gap-2 sm:min-h-9">
          <p className="text-12 text-ink-3">{title}</p>
          {drawn && (
            <Explain
              name={perBucket(metric, granularity)}
              rule={t(
                "The figure's own rule, for each step of the site's clock; the first and the last end with the days that are chosen. The dotted end is not over yet.",
              )}
            />
          )}
        </div>
        {drawn && (
          <ChartLegend
            days={days}
            earlier={earlierDays}
            earlierEmpty={earlier?.isEmpty ?? false}
            importedFrom={importedFrom(query.data, points)}
          />
        )}
        {awaitsEarlier && !(drawn && earlier) && (
          <div className="h-9 w-full sm:hidden max-sm:order-last" />
        )}
        {drawn && (
          <ChartMenu
            drawing={drawing}
            title={title}
            subtitle={
              earlier?.series
                ? t("{{days}}; dashed: {{earlier}}", { days, earlier: rangeLabel(earlier.range) })
                : days
            }
            fileName={`${t(metric.label).toLowerCase().replaceAll(" ", "-")}-${range.from}-${range.to}`}
          />
        )}
      </div>
      <QueryBody
        query={query}
        name={t(metric.label)}
        skeleton={SKELETON}
        isEmpty={(series) => isEmpty(series, chosen)}
        empty={<div className={`flex ${HEIGHT}`}>{nothing}</div>}
      >
        {() => (
          <>
            <div ref={drawing} className={`bg-surface ${HEIGHT}`}>
              <MainChart metric={metric} points={points} granularity={granularity} />
            </div>
            <ChartTable
              metric={metric}
              points={points}
              granularity={granularity}
              earlier={earlier?.series && earlierDays}
            />
          </>
        )}
      </QueryBody>
    </div>
  );
}
