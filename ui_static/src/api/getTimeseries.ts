import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type DateRange, granularityOf } from "@/lib/range";
import { rangeKey, rangeParams } from "./rangeKey";
import { request } from "./request";
import type { MetricName, Timeseries } from "./types";

const METRICS: readonly MetricName[] = [
  "visitors",
  "visits",
  "pageviews",
  "bounce_rate",
  "avg_time",
  "load_ms",
];

/** All metrics at once, so that changing the tile changes the chart without waiting. */
export function timeseriesQuery(siteId: string, range: DateRange) {
  const granularity = granularityOf(range);
  const path = `/api/sites/${encodeURIComponent(siteId)}/timeseries`;
  return queryOptions({
    queryKey: rangeKey(siteId, range, "timeseries"),
    queryFn: ({ signal }) =>
      request<Timeseries>(
        `${path}?metric=${METRICS.join(",")}&granularity=${granularity}&${rangeParams(range)}`,
        { signal },
      ),
    placeholderData: keepPreviousData,
  });
}
