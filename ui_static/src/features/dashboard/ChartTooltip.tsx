import type { Granularity } from "@/lib/range";
import { bucketLabel, type ChartPoint, pointValue } from "./chartPoints";
import type { Metric } from "./metrics";

interface ChartTooltipProps {
  metric: Metric;
  granularity: Granularity;
  active?: boolean;
  payload?: readonly { payload?: unknown }[];
}

function said(metric: Metric, value: number | null): string {
  return value === null ? "not known" : metric.full(value);
}

/** A bucket of the chart in words, and the earlier one it is compared with. */
export function ChartTooltip({ active, payload, metric, granularity }: ChartTooltipProps) {
  const point = payload?.[0]?.payload as ChartPoint | undefined;
  if (!active || !point) return null;
  return (
    <div className="rounded-control border border-line bg-surface px-3 py-2 text-12 shadow-md">
      <p className="text-ink-3">{bucketLabel(point.t, granularity)}</p>
      <p className="mt-0.5 text-14 font-semibold text-ink">
        {said(metric, pointValue(point))}{" "}
        <span className="font-normal text-ink-2">{metric.label.toLowerCase()}</span>
      </p>
      {point.incomplete && <p className="text-ink-3">not over yet</p>}
      {point.earlierT && (
        <p className="mt-1 border-line border-t pt-1 text-ink-2">
          <span className="text-ink-3">{bucketLabel(point.earlierT, granularity)}: </span>
          {said(metric, point.earlier)}
        </p>
      )}
    </div>
  );
}
