interface SparklineProps {
  values: readonly (number | null)[];
}

const WIDTH = 100;
const HEIGHT = 24;

/** The course of a metric without axes; the chart below the tiles has them. */
export function Sparkline({ values }: SparklineProps) {
  const known = values.filter((value) => value !== null);
  const top = Math.max(...known, 0);
  if (known.length < 2 || top === 0) return <div className="h-6" />;
  const step = WIDTH / (values.length - 1);
  const points = values.flatMap((value, index) =>
    value === null ? [] : [`${index * step},${HEIGHT - 1 - (value / top) * (HEIGHT - 2)}`],
  );
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="block h-6 w-full"
      aria-hidden="true"
    >
      <polyline
        points={points.join(" ")}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
