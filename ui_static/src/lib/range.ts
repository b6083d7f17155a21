import {
  addDays,
  dayAndMonth,
  daysBetween,
  firstOfMonth,
  isLocalDate,
  type LocalDate,
  lastOfMonth,
} from "./dates";

/** Both days belong to the range; they are days in the site's time zone. */
export interface DateRange {
  from: LocalDate;
  to: LocalDate;
}

export type Granularity = "hour" | "day" | "week";

interface Preset {
  name: string;
  label: string;
  /** The key that chooses it. */
  key?: string;
  /** Days before today on which it starts and ends. */
  start: number;
  end: number;
}

export const PRESETS: readonly Preset[] = [
  { name: "today", label: "Today", key: "T", start: 0, end: 0 },
  { name: "yesterday", label: "Yesterday", key: "Y", start: 1, end: 1 },
  { name: "7d", label: "Last 7 days", key: "W", start: 6, end: 0 },
  { name: "30d", label: "Last 30 days", key: "M", start: 29, end: 0 },
  { name: "90d", label: "Last 90 days", start: 89, end: 0 },
];

const DEFAULT_PRESET = "7d";

export function presetRange(name: string, today: LocalDate): DateRange | undefined {
  const preset = PRESETS.find((p) => p.name === name);
  return preset && { from: addDays(today, -preset.start), to: addDays(today, -preset.end) };
}

/** The preset that covers exactly these days, if there is one. */
export function presetOf(range: DateRange, today: LocalDate): Preset | undefined {
  return PRESETS.find(
    (p) => addDays(today, -p.start) === range.from && addDays(today, -p.end) === range.to,
  );
}

/** Why two typed days make no range, or undefined when they do. */
export function rangeMistake(from: string, to: string, today: LocalDate): string | undefined {
  if (!isLocalDate(from) || !isLocalDate(to)) return "Both dates are needed, as year-month-day.";
  if (from > to) return "The first day is after the last one. Swap them.";
  if (to > today) return "The last day is still to come. Choose today or earlier.";
  return undefined;
}

/** The range in an address: `?from&to` or `?range=7d`. What cannot be read means the last 7 days. */
export function readRange(params: URLSearchParams, today: LocalDate): DateRange {
  const from = params.get("from") ?? "";
  const to = params.get("to") ?? "";
  if (rangeMistake(from, to, today) === undefined) return { from, to };
  return (
    presetRange(params.get("range") ?? DEFAULT_PRESET, today) ??
    (presetRange(DEFAULT_PRESET, today) as DateRange)
  );
}

/** The same search parameters with this range in them; a preset is kept by name and moves with time. */
export function writeRange(params: URLSearchParams, range: DateRange, today: LocalDate) {
  const next = new URLSearchParams(params);
  for (const name of ["range", "from", "to"]) next.delete(name);
  const preset = presetOf(range, today);
  if (preset) {
    next.set("range", preset.name);
  } else {
    next.set("from", range.from);
    next.set("to", range.to);
  }
  return next;
}

/** "Last 7 days", "10 Sep 2025" or "10 Sep – 17 Sep 2025". */
export function rangeLabel(range: DateRange, today: LocalDate): string {
  const preset = presetOf(range, today);
  if (preset) return preset.label;
  const last = `${dayAndMonth(range.to)} ${range.to.slice(0, 4)}`;
  if (range.from === range.to) return last;
  const sameYear = range.from.slice(0, 4) === range.to.slice(0, 4);
  const year = sameYear ? "" : ` ${range.from.slice(0, 4)}`;
  return `${dayAndMonth(range.from)}${year} – ${last}`;
}

/** A whole month, or the month under way up to today: stepped month by month. */
function isMonth(range: DateRange, today: LocalDate): boolean {
  const end = lastOfMonth(range.from);
  return (
    range.from === firstOfMonth(range.from) &&
    range.from !== range.to &&
    presetOf(range, today) === undefined &&
    (range.to === end || (range.to === today && today < end))
  );
}

/**
 * The neighbouring range of the same length, or of the same kind for whole months.
 * Undefined when it would lie in the future; one that is under way ends today.
 */
export function stepRange(
  range: DateRange,
  direction: -1 | 1,
  today: LocalDate,
): DateRange | undefined {
  let next: DateRange;
  if (isMonth(range, today)) {
    const from = firstOfMonth(range.from, direction);
    next = { from, to: lastOfMonth(from) };
  } else {
    const days = (daysBetween(range.from, range.to) + 1) * direction;
    next = { from: addDays(range.from, days), to: addDays(range.to, days) };
  }
  if (next.from > today) return undefined;
  return { from: next.from, to: next.to > today ? today : next.to };
}

export function includesDay(range: DateRange, day: LocalDate): boolean {
  return range.from <= day && day <= range.to;
}

/** Hours for one or two days, weeks over 100 days, days between. */
export function granularityOf(range: DateRange): Granularity {
  const days = daysBetween(range.from, range.to) + 1;
  if (days <= 2) return "hour";
  return days > 100 ? "week" : "day";
}
