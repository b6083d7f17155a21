import { addDays, hourEndIn, todayIn } from "./dates";
import { type DateRange, HOURS_PRESET, type Preset } from "./range";

const DAY_MS = 86_400_000;

/** The 24 hours on the clocks of a time zone that end with the one under way. */
export function lastHours(timezone: string, now: Date): DateRange {
  const to = todayIn(timezone, now);
  return { from: addDays(to, -1), to, until: hourEndIn(timezone, now) };
}

function hoursTo(end: number, timezone: string): DateRange {
  return lastHours(timezone, new Date(end - 1));
}

function latestEnd(timezone: string, now: Date): number {
  return Date.parse(hourEndIn(timezone, now));
}

/** The 24 hours in an address, `?range=24h&until`; undefined where it has none that are over. */
export function readHours(
  params: URLSearchParams,
  timezone: string,
  now: Date,
): DateRange | undefined {
  const end = Date.parse(params.get("until") ?? "");
  if (params.get("range") !== HOURS_PRESET.name || !(end < latestEnd(timezone, now))) {
    return undefined;
  }
  return hoursTo(end, timezone);
}

/** The 24 hours before or after; the last ones by their name, which move with time, and none after those. */
export function stepHours(
  until: string,
  direction: -1 | 1,
  timezone: string,
  now: Date,
): DateRange | Preset | undefined {
  const latest = latestEnd(timezone, now);
  const [end, next] = [Date.parse(until), Date.parse(until) + direction * DAY_MS];
  if (direction > 0 && end >= latest) return undefined;
  return next < latest ? hoursTo(next, timezone) : HOURS_PRESET;
}
