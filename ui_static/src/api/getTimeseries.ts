import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type DateRange, granularityOf } from "@/lib/range";
import { rangeKey, rangeParams } from "./rangeKey";
import { request } from "./request";
import { reportPath, type SiteAccess } from "./sitePath";
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
export function timeseriesQuery(site: SiteAccess, range: DateRange) {
  const granularity = granularityOf(range);
  const params = { metric: METRICS.join(","), granularity, ...rangeParams(range) };
  return queryOptions({
    queryKey: rangeKey(site.site_id, range, "timeseries"),
    queryFn: ({ signal }) =>
      request<Timeseries>(reportPath(site, "timeseries", params), { signal }),
    placeholderData: keepPreviousData,
  });
}
