import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Granularity } from "@/lib/range";
import type { View } from "@/lib/view";
import { viewKey, viewParams } from "./rangeKey";
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
  "conversion_rate",
];

/** All metrics at once, so that changing the tile changes the chart without waiting. */
export function timeseriesQuery(site: SiteAccess, view: View, granularity: Granularity) {
  const params = { metric: METRICS.join(","), granularity, ...viewParams(view) };
  return queryOptions({
    queryKey: viewKey(site.site_id, view, "timeseries", { granularity }),
    queryFn: ({ signal }) =>
      request<Timeseries>(reportPath(site, "timeseries", params), { signal }),
    placeholderData: keepPreviousData,
  });
}
