import { type ChartScale, LABEL_GAP, labelled } from "./chartScale";

interface ChartAxesProps {
  scale: ChartScale;
  /** Round values, each with its label. */
  ticks: readonly { value: number; label: string }[];
  /** One for each point. */
  buckets: readonly string[];
}

/** The lines behind a chart, and what they stand for. */
export function ChartAxes({ scale, ticks, buckets }: ChartAxesProps) {
  return (
    <g fill="var(--ink-3)" fontSize={12}>
      {ticks.map(({ value, label }) => (
        <g key={value}>
          <line
            x1={scale.left}
            x2={scale.right}
            y1={scale.y(value)}
            y2={scale.y(value)}
            stroke="var(--line)"
          />
          <text x={scale.left - LABEL_GAP} y={scale.y(value)} dy="0.35em" textAnchor="end">
            {label}
          </text>
        </g>
      ))}
      {labelled(buckets, scale).map((index) => (
        <text
          key={index}
          x={scale.x(index)}
          y={scale.bottom + LABEL_GAP}
          dy="0.9em"
          textAnchor="middle"
        >
          {buckets[index]}
        </text>
      ))}
    </g>
  );
}
