import {
  addDays,
  addMonths,
  dayAndMonth,
  daysBetween,
  firstOfMonth,
  firstOfYear,
  isLocalDate,
  type LocalDate,
  lastOfMonth,
  lastOfYear,
} from "./dates";
import { type Text, t } from "./i18n";

/** Both days belong to the range; they are days in the site's time zone. */
export interface DateRange {
  from: LocalDate;
  to: LocalDate;
  /** Of these days only the 24 hours before this moment, which is written on the site's clocks. */
  until?: string;
}

export type Granularity = "hour" | "day" | "week" | "month";

/** What the neighbouring range is counted in. */
type Unit = "days" | "month" | "year";

export interface Preset {
  name: string;
  label: Text;
  /** The key that chooses it. */
  key?: string;
  unit: Unit;
  of: (today: LocalDate) => DateRange;
}

function lastDays(days: number) {
  return (today: LocalDate) => ({ from: addDays(today, 1 - days), to: today });
}

/** Where two cover the same days, the first of them gives the name. */
export const DAY_PRESETS: readonly Preset[] = [
  { name: "today", label: "Today", key: "T", unit: "days", of: lastDays(1) },
  {
    name: "yesterday",
    label: "Yesterday",
    key: "Y",
    unit: "days",
    of: (today) => ({ from: addDays(today, -1), to: addDays(today, -1) }),
  },
  { name: "7d", label: "Last 7 days", key: "W", unit: "days", of: lastDays(7) },
  { name: "30d", label: "Last 30 days", key: "M", unit: "days", of: lastDays(30) },
  { name: "90d", label: "Last 90 days", unit: "days", of: lastDays(90) },
  {
    name: "month",
    label: "This month",
    unit: "month",
    of: (today) => ({ from: firstOfMonth(today), to: today }),
  },
  {
    name: "last-month",
    label: "Last month",
    unit: "month",
    of: (today) => ({ from: firstOfMonth(today, -1), to: addDays(firstOfMonth(today), -1) }),
  },
  {
    name: "year",
    label: "This year",
    unit: "year",
    of: (today) => ({ from: firstOfYear(today), to: today }),
  },
  {
    name: "12m",
    label: "Last 12 months",
    unit: "days",
    of: (today) => ({ from: addDays(addMonths(today, -12), 1), to: today }),
  },
];

/** In the program's own terms; which hours they are is said in hours.ts. */
export const HOURS_PRESET: Preset = {
  name: "24h",
  label: "Last 24 hours",
  key: "H",
  unit: "days",
  of: lastDays(2),
};

/** Beside days the hours that a dashboard can show. */
export const PRESETS: readonly Preset[] = [HOURS_PRESET, ...DAY_PRESETS];

const DEFAULT_PRESET = "7d";

function presetNamed(name: string | null, presets: readonly Preset[]): Preset | undefined {
  return presets.find((preset) => preset.name === name);
}

/** The first preset that covers exactly these days, if there is one. */
export function presetOf(range: DateRange, today: LocalDate): Preset | undefined {
  if (range.until) return undefined;
  return DAY_PRESETS.find((preset) => {
    const { from, to } = preset.of(today);
    return from === range.from && to === range.to;
  });
}

/** Why two typed days make no range, or undefined when they do. */
export function rangeMistake(from: string, to: string, today: LocalDate): Text | undefined {
  if (!isLocalDate(from) || !isLocalDate(to)) return "Both dates are needed, as year-month-day.";
  if (from > to) return "The first day is after the last one. Swap them.";
  if (to > today) return "The last day is still to come. Choose today or earlier.";
  return undefined;
}

/** Two days as they stand in an address, or undefined where there are none that can be shown. */
function readDays(params: URLSearchParams, today: LocalDate): DateRange | undefined {
  const from = params.get("from") ?? "";
  const to = params.get("to") ?? "";
  return rangeMistake(from, to, today) === undefined ? { from, to } : undefined;
}

/** The preset in an address; undefined where it has two days. What cannot be read means the last 7 days. */
export function readPreset(
  params: URLSearchParams,
  today: LocalDate,
  presets = PRESETS,
): Preset | undefined {
  if (readDays(params, today)) return undefined;
  return presetNamed(params.get("range"), presets) ?? presetNamed(DEFAULT_PRESET, presets);
}

/** The range in an address: `?from&to` or `?range=7d`. What cannot be read means the last 7 days. */
export function readRange(params: URLSearchParams, today: LocalDate): DateRange {
  const days = readDays(params, today) ?? readPreset(params, today)?.of(today);
  return days as DateRange;
}

/** The same search parameters with this range in them. A preset is kept by name and moves with time. */
export function writeRange(
  params: URLSearchParams,
  range: DateRange | Preset,
  today: LocalDate,
): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of ["range", "from", "to", "until"]) next.delete(name);
  const preset = "name" in range ? range : presetOf(range, today);
  if (preset) {
    next.set("range", preset.name);
  } else if ("until" in range && range.until) {
    next.set("range", HOURS_PRESET.name);
    next.set("until", range.until);
  } else if ("from" in range) {
    next.set("from", range.from);
    next.set("to", range.to);
  }
  return next;
}

/** The days of "2025-09-10 to 2025-09-17", or the hours between two moments, as the program writes them. */
export function parseRange(text: string): DateRange | undefined {
  const [first = "", last = ""] = text.split(" to ");
  const days = { from: first.slice(0, 10), to: last.slice(0, 10) };
  if (!isLocalDate(days.from) || !isLocalDate(days.to)) return undefined;
  return last === days.to ? days : { ...days, until: last };
}

function momentLabel(local: string): string {
  return `${dayAndMonth(local.slice(0, 10))} ${local.slice(0, 4)}, ${local.slice(11, 16)}`;
}

/** "10 Sep 2025", "10 Sep – 17 Sep 2025" or "24 hours to 17 Sep 2025, 15:00". */
export function rangeLabel(range: DateRange): string {
  if (range.until) return t("24 hours to {{moment}}", { moment: momentLabel(range.until) });
  const last = `${dayAndMonth(range.to)} ${range.to.slice(0, 4)}`;
  if (range.from === range.to) return last;
  const sameYear = range.from.slice(0, 4) === range.to.slice(0, 4);
  const year = sameYear ? "" : ` ${range.from.slice(0, 4)}`;
  return `${dayAndMonth(range.from)}${year} – ${last}`;
}

/** A whole month or year, or the one under way up to today, is stepped as such. */
function unitOf(range: DateRange, today: LocalDate): Unit {
  const preset = presetOf(range, today);
  if (preset) return preset.unit;
  if (range.from === range.to) return "days";
  const ends = (last: LocalDate) => range.to === last || (range.to === today && today < last);
  if (range.from === firstOfMonth(range.from) && ends(lastOfMonth(range.from))) return "month";
  if (range.from === firstOfYear(range.from) && ends(lastOfYear(range.from))) return "year";
  return "days";
}

function neighbour(range: DateRange, direction: -1 | 1, unit: Unit): DateRange {
  if (unit === "days") {
    const days = (daysBetween(range.from, range.to) + 1) * direction;
    return { from: addDays(range.from, days), to: addDays(range.to, days) };
  }
  const isMonth = unit === "month";
  const from = isMonth ? firstOfMonth(range.from, direction) : firstOfYear(range.from, direction);
  return { from, to: isMonth ? lastOfMonth(from) : lastOfYear(from) };
}

/**
 * The neighbouring range of the same length, or of the same kind for whole months and years.
 * Undefined when it would lie in the future; one that is under way ends today. Hours are stepped in hours.ts.
 *
 * @param preset by whose name the range was chosen
 */
export function stepRange(
  range: DateRange,
  direction: -1 | 1,
  today: LocalDate,
  preset?: Preset,
): DateRange | undefined {
  const next = neighbour(range, direction, preset?.unit ?? unitOf(range, today));
  if (next.from > today) return undefined;
  return { from: next.from, to: next.to > today ? today : next.to };
}

export function includesDay(range: DateRange, day: LocalDate): boolean {
  return range.from <= day && day <= range.to;
}

/** Hours for one or two days, then days, from 100 days weeks, from about two years months. */
export function granularityOf(range: DateRange): Granularity {
  const days = daysBetween(range.from, range.to) + 1;
  if (days <= 2) return "hour";
  if (days <= 100) return "day";
  return days <= 750 ? "week" : "month";
}
