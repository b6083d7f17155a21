import type { BreakdownRow } from "@/api/types";
import { formatCompact, formatPercent } from "@/lib/format";
import { t } from "@/lib/i18n";
import type { Kind } from "./kinds";
import { Label } from "./Label";
import { usePick } from "./usePick";

interface ValueRowsProps {
  kind: Kind;
  rows: readonly BreakdownRow[];
  /** Of each row, where a chart beside it has colours; the last is of all that follow. */
  colors?: readonly string[];
}

function inCounts({ counts }: Kind, count: number): string {
  return counts === "visits"
    ? t("{{count}} visits", { count })
    : t("{{count}} visitors", { count });
}

const PRESSED =
  "aria-pressed:bg-accent-soft aria-pressed:font-medium aria-pressed:shadow-[inset_2px_0_0_var(--accent)]";

/** The values with a bar behind each; a click on one filters the page by it. */
export function ValueRows({ kind, rows, colors }: ValueRowsProps) {
  const pick = usePick(kind.dimension);
  return (
    <ul className="min-w-0 grow space-y-1">
      {rows.map((row, place) => {
        const color = colors?.[Math.min(place, colors.length - 1)];
        return (
          <li key={row.value} data-testid={`row-${kind.dimension}`} data-value={row.value}>
            <button
              {...pick.button(row.value)}
              className={`group relative flex h-11 w-full items-center gap-2 overflow-hidden rounded px-2 text-start -outline-offset-2! sm:h-8 ${PRESSED}`}
            >
              <span
                aria-hidden="true"
                className="absolute inset-y-0 start-0 rounded opacity-12 group-hover:opacity-20"
                style={{ width: `${row.percent}%`, background: color ?? "var(--accent)" }}
              />
              {color && (
                <span
                  aria-hidden="true"
                  className="relative size-2.5 shrink-0 rounded-sm"
                  style={{ background: color }}
                />
              )}
              <span className="relative min-w-0 grow">
                <Label dimension={kind.dimension} value={row.value} />
              </span>
              <span
                className="relative shrink-0 text-end font-medium"
                title={inCounts(kind, row[kind.counts])}
              >
                {formatCompact(row[kind.counts])}
              </span>
              <span className="relative w-13 shrink-0 text-end text-ink-2">
                {formatPercent(row.percent)}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
