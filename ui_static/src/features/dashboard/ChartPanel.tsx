import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { MetricName, Timeseries } from "@/api/types";
import { Empty } from "@/components/Empty";
import { QueryBody } from "@/components/QueryBody";
import type { Granularity } from "@/lib/range";
import { ChartTable } from "./ChartTable";
import { chartPoints, pointValue } from "./chartPoints";
import { MainChart } from "./MainChart";
import { type Metric, metricNamed } from "./metrics";

interface ChartPanelProps {
  id: string;
  query: UseQueryResult<Timeseries>;
  chosen: MetricName;
  /** In the chart's place when no event has ever arrived. */
  firstSteps: ReactNode;
}

const HEIGHT = "h-[300px]";

function isEmpty(series: Timeseries, name: MetricName): boolean {
  return chartPoints(series, name).every((point) => !pointValue(point));
}

function caption(metric: Metric, granularity: Granularity, timezone: string): string {
  const unit = metric.unit ? `, ${metric.unit}` : "";
  return `${metric.label} per ${granularity}${unit} · ${timezone} time`;
}

/** The chart of the chosen figure, under the tiles. */
export function ChartPanel({ id, query, chosen, firstSteps }: ChartPanelProps) {
  const metric = metricNamed(chosen);
  const granularity = (query.data?.granularity ?? "day") as Granularity;
  const points = query.data ? chartPoints(query.data, chosen) : [];
  return (
    <div id={id} role="tabpanel" aria-labelledby={`tile-${chosen}`} className="min-h-88 p-4">
      <p className="mb-2 min-h-4 text-12 text-ink-3">
        {query.data && caption(metric, granularity, query.data.timezone)}
      </p>
      <QueryBody
        query={query}
        name={metric.label}
        skeleton={<div className={`skeleton ${HEIGHT}`} />}
        isEmpty={(series) => isEmpty(series, chosen)}
        empty={
          <div className={`flex ${HEIGHT}`}>
            {firstSteps ?? (
              <Empty title={`No ${metric.label.toLowerCase()} in these days`}>
                Choose other days above, or wait: new visits appear here by themselves.
              </Empty>
            )}
          </div>
        }
      >
        {() => (
          <>
            <div className={HEIGHT}>
              <MainChart metric={metric} points={points} granularity={granularity} />
            </div>
            <ChartTable metric={metric} points={points} granularity={granularity} />
          </>
        )}
      </QueryBody>
    </div>
  );
}
