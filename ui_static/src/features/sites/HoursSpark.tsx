import { t } from "@/lib/i18n";

const WIDTH = 240;
const HEIGHT = 40;
const TOP = 3;

function height(value: number, most: number): number {
  return HEIGHT - 1 - (value / most) * (HEIGHT - 1 - TOP);
}

/** Visitors in each of the last 24 hours, the oldest first; the last one is not over and is dashed. */
export function HoursSpark({ hours }: { hours: readonly number[] }) {
  const most = Math.max(1, ...hours);
  const step = WIDTH / (hours.length - 1);
  const points = hours.map((value, index) => `${index * step} ${height(value, most)}`);
  const over = points.slice(0, -1).join(" L");
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t("Visitors in each of the last 24 hours: at most {{most}} in one", {
        most: Math.max(...hours),
      })}
      className="h-10 w-full overflow-visible text-accent"
    >
      <path
        d={`M0 ${HEIGHT} L${points.join(" L")} L${WIDTH} ${HEIGHT} Z`}
        fill="currentColor"
        opacity="0.12"
      />
      <path
        d={`M${over}`}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
      <path
        d={`M${points.slice(-2).join(" L")}`}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeDasharray="2 3"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
