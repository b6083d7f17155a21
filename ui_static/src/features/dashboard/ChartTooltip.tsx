import { t } from "@/lib/i18n";
import { inSentence } from "@/lib/locale";
import type { Granularity } from "@/lib/range";
import { bucketLabel, type ChartPoint, pointValue, said } from "./chartPoints";
import type { Metric } from "./metrics";

interface ChartTooltipProps {
  metric: Metric;
  granularity: Granularity;
  point: ChartPoint;
  /** Where the point lies in the chart, in pixels. */
  x: number;
  /** On which side of it there is room. */
  onLeft: boolean;
}

/** A bucket of the chart in words, and the earlier one it is compared with. */
export function ChartTooltip({ metric, granularity, point, x, onLeft }: ChartTooltipProps) {
  return (
    <div
      aria-hidden="true"
      className={`pointer-events-none absolute top-2 z-10 rounded-control border border-line bg-surface px-3 py-2 text-12 whitespace-nowrap shadow-md print:hidden ${onLeft ? "-translate-x-full" : ""}`}
      style={{ left: x + (onLeft ? -12 : 12) }}
    >
      <p className="text-ink-3">{bucketLabel(point.t, granularity)}</p>
      <p className="mt-0.5 text-14 font-semibold text-ink">
        {said(metric, point.imported ?? pointValue(point))}{" "}
        <span className="font-normal text-ink-2">{inSentence(t(metric.label))}</span>
      </p>
      {point.imported !== null && <p className="text-ink-3">{t("imported")}</p>}
      {point.incomplete && <p className="text-ink-3">{t("not over yet")}</p>}
      {point.earlierT && (
        <p className="mt-1 border-line border-t pt-1 text-ink-2">
          <span className="text-ink-3">{bucketLabel(point.earlierT, granularity)}: </span>
          {said(metric, point.earlier)}
        </p>
      )}
    </div>
  );
}
