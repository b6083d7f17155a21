import { useRef } from "react";
import { axisTicks } from "@/lib/axis";
import { t } from "@/lib/i18n";
import type { Granularity } from "@/lib/range";
import { useWidth } from "@/lib/useWidth";
import { ChartAxes } from "./ChartAxes";
import { ChartTooltip } from "./ChartTooltip";
import { axisLabel, bucketLabel, type ChartPoint, pointValue, valueSaid } from "./chartPoints";
import { areaPath, CHART_HEIGHT, type ChartScale, chartScale, linePath } from "./chartScale";
import { type Metric, perBucket } from "./metrics";
import { useCursor } from "./useCursor";

interface MainChartProps {
  metric: Metric;
  points: ChartPoint[];
  granularity: Granularity;
}

interface PartProps {
  points: ChartPoint[];
  scale: ChartScale;
}

function highest(points: ChartPoint[]): number {
  return Math.max(
    0,
    ...points.map((point) =>
      Math.max(pointValue(point) ?? 0, point.earlier ?? 0, point.imported ?? 0),
    ),
  );
}

function Lines({ points, scale, filled }: PartProps & { filled: boolean }) {
  const [earlier, done, now] = [
    points.map((point) => point.earlier),
    points.map((point) => point.done),
    points.map((point) => point.now),
  ];
  return (
    <g fill="none" stroke="var(--accent)" strokeWidth={2}>
      {filled &&
        [done, now].map((values, index) => (
          <path
            key={index === 0 ? "done" : "now"}
            d={areaPath(values, scale)}
            fill="var(--accent)"
            fillOpacity={0.12}
            stroke="none"
          />
        ))}
      <path
        d={linePath(earlier, scale)}
        strokeOpacity={0.6}
        strokeWidth={1.5}
        strokeDasharray="6 4"
      />
      <path d={linePath(done, scale)} />
      <path d={linePath(now, scale)} strokeDasharray="2 4" />
      <path
        d={linePath(
          points.map((point) => point.imported),
          scale,
        )}
        stroke="var(--cat-2)"
        strokeDasharray="1 3"
        strokeLinecap="round"
      />
    </g>
  );
}

/** A ring for the bucket of now, a dot for a point without neighbours, which no line can show. */
function Marks({ points, scale }: PartProps) {
  return points.map((point, index) => {
    const value = pointValue(point);
    if (value === null || !(point.incomplete || point.alone)) return null;
    return (
      <circle
        key={point.t}
        cx={scale.x(index)}
        cy={scale.y(value)}
        r={3.5}
        fill={point.incomplete ? "var(--surface)" : "var(--accent)"}
        stroke="var(--accent)"
        strokeWidth={1.5}
      />
    );
  });
}

/** A dot for an imported day between others that are none. */
function ImportedMarks({ points, scale }: PartProps) {
  const has = (index: number) => (points[index]?.imported ?? null) !== null;
  return points.map((point, index) => {
    if (point.imported === null || has(index - 1) || has(index + 1)) return null;
    const [x, y] = [scale.x(index), scale.y(point.imported)];
    return <circle key={point.t} cx={x} cy={y} r={3.5} fill="var(--cat-2)" />;
  });
}

function Cursor({ point, x, scale }: { point: ChartPoint; x: number; scale: ChartScale }) {
  const value = point.imported ?? pointValue(point);
  const colour = point.imported === null ? "var(--accent)" : "var(--cat-2)";
  return (
    <g data-cursor>
      <line
        x1={x}
        x2={x}
        y1={scale.top}
        y2={scale.bottom}
        stroke="var(--edge)"
        strokeDasharray="3 3"
      />
      {value !== null && (
        <circle
          cx={x}
          cy={scale.y(value)}
          r={4}
          fill={colour}
          stroke="var(--surface)"
          strokeWidth={2}
        />
      )}
    </g>
  );
}

/** The course of one metric; the bucket of now is dotted, because it is not over, and earlier days dashed. */
export function MainChart({ metric, points, granularity }: MainChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const width = useWidth(holder);
  const ticks = axisTicks(highest(points), metric.axis).map((value) => ({
    value,
    label: value === 0 ? "0" : metric.short(value),
  }));
  const labels = ticks.map(({ label }) => label);
  const scale = chartScale(width, points.length, ticks.at(-1)?.value ?? 1, labels);
  const { at, handlers } = useCursor(scale, points.length);
  const point = at === undefined ? undefined : points[at];
  const last = points.at(-1);
  const told = point ?? last;
  return (
    <div
      ref={holder}
      // Time runs from left to right in every language.
      dir="ltr"
      role="slider"
      tabIndex={0}
      aria-label={t("{{chart}}; the arrow keys move along it", {
        chart: perBucket(metric, granularity),
      })}
      aria-valuemin={1}
      aria-valuemax={points.length}
      aria-valuenow={(at ?? points.length - 1) + 1}
      aria-valuetext={told && `${bucketLabel(told.t, granularity)}: ${valueSaid(metric, told)}`}
      className="relative h-full touch-pan-y select-none rounded-control"
      {...handlers}
    >
      <svg
        aria-hidden="true"
        width={width}
        height={CHART_HEIGHT}
        viewBox={`0 0 ${width} ${CHART_HEIGHT}`}
        className="chart block"
      >
        <ChartAxes
          scale={scale}
          ticks={ticks}
          buckets={points.map(({ t }) => axisLabel(t, granularity))}
        />
        <Lines points={points} scale={scale} filled={metric.area === true} />
        <Marks points={points} scale={scale} />
        <ImportedMarks points={points} scale={scale} />
        {point && at !== undefined && <Cursor point={point} x={scale.x(at)} scale={scale} />}
      </svg>
      {point && at !== undefined && (
        <ChartTooltip
          metric={metric}
          granularity={granularity}
          point={point}
          x={scale.x(at)}
          onLeft={at > points.length / 2}
        />
      )}
    </div>
  );
}
