import type { Comparison, Report } from "@/api/types";
import { clockTime } from "@/lib/dates";
import { formatCount, formatDecimal, formatPercent } from "@/lib/format";
import { t } from "@/lib/i18n";
import { parseRange, rangeLabel } from "@/lib/range";
import { type Metric, valueIn } from "./metrics";

/** How a figure moved against an earlier range. */
export interface Change {
  direction: "up" | "down" | "same";
  /** "12 %", "1.2 points"; for eyes that see the arrow beside it. */
  short: string;
  /** "12 % more than 4 Sep – 10 Sep 2025: 1 140". */
  full: string;
  /** Undefined where nothing moved. */
  better: boolean | undefined;
}

function size(metric: Metric, now: number, then: number): string {
  const distance = Math.abs(now - then);
  // The share of a share confuses: from 2 % to 3 % is one point, not half as much again.
  if (metric.axis === "percent") return t("{{points}} points", { points: formatDecimal(distance) });
  const share = (distance / then) * 100;
  return share < 10 ? formatPercent(share) : `${formatCount(share)}\u202f%`;
}

function directionOf(now: number, then: number): Change["direction"] {
  if (now === then) return "same";
  return now > then ? "up" : "down";
}

const AGAINST = {
  up: "{{amount}} more than {{days}}: {{value}}",
  down: "{{amount}} less than {{days}}: {{value}}",
  same: "the same as {{days}}: {{value}}",
} as const;

/** "4 Sep – 10 Sep 2025", and up to when of them while the range itself is not over. */
function earlierDays({ date_range, until }: Comparison, timezone: string): string {
  const range = parseRange(date_range);
  const days = range ? rangeLabel(range) : date_range;
  return until ? t("{{days}} up to {{time}}", { days, time: clockTime(until, timezone) }) : days;
}

/** Undefined where there is nothing to compare, or nothing to compare with. */
export function changeOf(metric: Metric, report: Report): Change | undefined {
  const { comparison } = report;
  const now = valueIn(metric, report);
  const then = comparison ? metric.of(comparison) : undefined;
  if (!comparison || now === undefined || then === undefined) return undefined;
  if (comparison.visits === 0 && comparison.total_pageviews === 0) return undefined;
  const direction = directionOf(now, then);
  const fromNothing = then === 0 && metric.axis !== "percent";
  const short =
    direction === "same" ? t("no change") : fromNothing ? t("from 0") : size(metric, now, then);
  const days = earlierDays(comparison, report.timezone);
  const amount = direction === "same" || fromNothing ? "" : short;
  return {
    direction,
    short,
    full: t(AGAINST[direction], { amount, days, value: metric.full(then) }).trim(),
    better:
      direction === "same" ? undefined : (direction === "up") !== Boolean(metric.lowerIsBetter),
  };
}
