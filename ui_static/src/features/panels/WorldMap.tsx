import { height, lands, width } from "virtual:world-map";
import type { BreakdownRow } from "@/api/types";
import { valueLabel } from "@/lib/dimensions";
import { formatCompact, formatPercent } from "@/lib/format";
import { t } from "@/lib/i18n";
import { usePick } from "./usePick";

/** How much of the accent a country is filled with, in percent: the root lets small numbers be seen. */
function strength(visits: number, most: number): number {
  return 15 + 85 * Math.sqrt(visits / most);
}

function fill(row: BreakdownRow | undefined, most: number): string {
  if (!row) return "var(--line)";
  return `color-mix(in oklab, var(--accent) ${strength(row.visits, most)}%, var(--surface))`;
}

/**
 * Visits by country in shades of one colour. The list beside it says the same in words and is what keys
 * and screen readers use; countries too small for this map stand only there.
 */
export default function WorldMap({ rows }: { rows: readonly BreakdownRow[] }) {
  const pick = usePick("country");
  const byCode = new Map(rows.map((row) => [row.value, row]));
  const most = Math.max(...rows.map((row) => row.visits));
  return (
    <figure aria-hidden="true">
      <svg aria-hidden="true" viewBox={`0 0 ${width} ${height}`} className="w-full">
        {lands.map(({ code, path }) => {
          const row = code === null ? undefined : byCode.get(code);
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the rows beside it are the buttons
            <path
              key={path}
              d={path}
              data-country={code}
              fill={fill(row, most)}
              stroke={row && pick.isPicked(row.value) ? "var(--ink)" : "var(--surface)"}
              strokeWidth={0.5}
              vectorEffect="non-scaling-stroke"
              className={row && "cursor-pointer hover:opacity-75"}
              onClick={row && pick.button(row.value).onClick}
            >
              {row && (
                <title>
                  {`${valueLabel("country", row.value)}: ${t("{{count}} visits", { count: row.visits })}, ${formatPercent(row.percent)}`}
                </title>
              )}
            </path>
          );
        })}
      </svg>
      <figcaption
        dir="ltr"
        className="mt-1 flex items-center justify-center gap-2 text-12 text-ink-3"
      >
        0
        <span className="h-2 w-24 rounded-sm bg-linear-to-r/oklab from-accent/15 to-accent" />
        {`${formatCompact(most)} ${t("visits")}`}
      </figcaption>
    </figure>
  );
}
