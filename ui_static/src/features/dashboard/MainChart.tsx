import { Area, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from "recharts";
import { axisTicks } from "@/lib/axis";
import type { Granularity } from "@/lib/range";
import { ChartTooltip } from "./ChartTooltip";
import { axisLabel, type ChartPoint, pointValue } from "./chartPoints";
import type { Metric } from "./metrics";

interface MainChartProps {
  metric: Metric;
  points: ChartPoint[];
  granularity: Granularity;
}

const TICK = { fill: "var(--ink-3)", fontSize: 12 };

interface DotProps {
  cx?: number;
  cy?: number;
  payload?: ChartPoint;
}

/** A ring for the bucket of now, a dot for a point without neighbours, which no line can show. */
function PointMark({ cx, cy, payload }: DotProps) {
  if (cx === undefined || cy === undefined || !payload || pointValue(payload) === null) return null;
  if (!payload.incomplete && !payload.alone) return null;
  return (
    <circle
      cx={cx}
      cy={cy}
      r={3.5}
      fill={payload.incomplete ? "var(--surface)" : "var(--accent)"}
      stroke="var(--accent)"
      strokeWidth={1.5}
    />
  );
}

function highest(points: ChartPoint[]): number {
  return Math.max(
    0,
    ...points.map((point) => Math.max(pointValue(point) ?? 0, point.earlier ?? 0)),
  );
}

/** The course of one metric; the bucket of now is dotted, because it is not over, and earlier days dashed. */
export function MainChart({ metric, points, granularity }: MainChartProps) {
  const ticks = axisTicks(highest(points), metric.axis);
  const line = {
    type: "linear",
    stroke: "var(--accent)",
    strokeWidth: 2,
    fill: "var(--accent)",
    fillOpacity: metric.area ? 0.12 : 0,
    isAnimationActive: false,
    activeDot: { r: 4, fill: "var(--accent)", stroke: "var(--surface)", strokeWidth: 2 },
    dot: PointMark,
  } as const;
  return (
    <ComposedChart
      responsive
      data={points}
      margin={{ top: 8, right: 28, bottom: 0, left: 8 }}
      style={{ width: "100%", height: "100%" }}
      aria-label={`${metric.label} per ${granularity}; the arrow keys move along it`}
    >
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="t"
        tickFormatter={(t: string) => axisLabel(t, granularity)}
        tick={TICK}
        tickLine={false}
        axisLine={{ stroke: "var(--line)" }}
        tickMargin={8}
        minTickGap={36}
        interval="equidistantPreserveStart"
      />
      <YAxis
        ticks={ticks}
        domain={[0, ticks.at(-1) ?? 1]}
        tickFormatter={(value: number) => (value === 0 ? "0" : metric.short(value))}
        tick={TICK}
        tickLine={false}
        axisLine={false}
        width="auto"
      />
      <Tooltip
        content={<ChartTooltip metric={metric} granularity={granularity} />}
        cursor={{ stroke: "var(--edge)", strokeDasharray: "3 3" }}
        isAnimationActive={false}
      />
      <Line
        dataKey="earlier"
        type="linear"
        stroke="var(--accent)"
        strokeOpacity={0.6}
        strokeWidth={1.5}
        strokeDasharray="6 4"
        dot={false}
        activeDot={false}
        isAnimationActive={false}
      />
      <Area dataKey="done" {...line} />
      <Area dataKey="now" {...line} strokeDasharray="2 4" />
    </ComposedChart>
  );
}
