interface SparklineProps {
  values: readonly (number | null)[];
}

const WIDTH = 100;
const HEIGHT = 24;

/** A line of the values, which breaks where there is none; one alone is a dot. */
function course(values: readonly (number | null)[], top: number): string {
  const step = WIDTH / (values.length - 1);
  const drawn = values.map((value, index) => {
    if (value === null) return "";
    const place = `${index * step},${HEIGHT - 1 - (value / top) * (HEIGHT - 2)}`;
    const goesOn = index > 0 && values[index - 1] !== null;
    return goesOn ? `L${place}` : `M${place}h0`;
  });
  return drawn.join("");
}

/** The course of a metric without axes; the chart below the tiles has them. */
export function Sparkline({ values }: SparklineProps) {
  const known = values.filter((value) => value !== null);
  const top = Math.max(...known, 0);
  if (known.length < 2 || top === 0) return <div className="h-6" />;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="block h-6 w-full"
      aria-hidden="true"
    >
      <path
        d={course(values, top)}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
