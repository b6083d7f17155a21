import { locale } from "./locale";

/** A calendar day without a time, `YYYY-MM-DD`. */
export type LocalDate = string;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

// Calendar days are counted in UTC, where every day has 24 hours.
function toUtc(date: LocalDate): number {
  return Date.parse(`${date}T00:00:00Z`);
}

function fromUtc(time: number): LocalDate {
  return new Date(time).toISOString().slice(0, 10);
}

/** True for a day that exists: `2025-02-30` does not. */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = toUtc(text);
  return !Number.isNaN(time) && fromUtc(time) === text;
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return fromUtc(toUtc(date) + days * DAY_MS);
}

/** Days from the first to the second, 0 for the same day. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((toUtc(to) - toUtc(from)) / DAY_MS);
}

/** The first day of the month that lies `months` after the date's own. */
export function firstOfMonth(date: LocalDate, months = 0): LocalDate {
  const day = new Date(toUtc(date));
  return fromUtc(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1));
}

export function lastOfMonth(date: LocalDate): LocalDate {
  return addDays(firstOfMonth(date, 1), -1);
}

/** The same day of the month `months` earlier or later; the month's last where it has no such day. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const first = firstOfMonth(date, months);
  const day = addDays(first, Number(date.slice(8)) - 1);
  const last = lastOfMonth(first);
  return day > last ? last : day;
}

export function firstOfYear(date: LocalDate, years = 0): LocalDate {
  return `${Number(date.slice(0, 4)) + years}-01-01`;
}

export function lastOfYear(date: LocalDate): LocalDate {
  return `${date.slice(0, 4)}-12-31`;
}

/** The day it is at `now` on the clocks of an IANA time zone. */
export function todayIn(timezone: string, now: Date): LocalDate {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(now);
  const part = (type: string) => parts.find((p) => p.type === type)?.value;
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** When the hour under way ends on the clocks of a time zone: `2025-09-17T15:00:00+02:00`. */
export function hourEndIn(timezone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: timezone,
    hourCycle: "h23",
    hour: "2-digit",
    timeZoneName: "longOffset",
  }).formatToParts(now);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? "";
  const end = new Date(toUtc(todayIn(timezone, now)) + (Number(part("hour")) + 1) * HOUR_MS);
  const offset = part("timeZoneName").replace("GMT", "") || "+00:00";
  return `${end.toISOString().slice(0, 19)}${offset}`;
}

function format(date: LocalDate, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale(), { ...options, timeZone: "UTC" }).format(toUtc(date));
}

/** "10 Sep". */
export function dayAndMonth(date: LocalDate): string {
  return format(date, { day: "numeric", month: "short" });
}

/** "Sep 2025". */
export function monthAndYear(date: LocalDate): string {
  return format(date, { month: "short", year: "numeric" });
}

/** "Wed 10 Sep 2025", in German "Mi., 10. Sept. 2025". */
export function longDay(date: LocalDate): string {
  return format(date, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  }).replace(/^(\p{L}+),/u, "$1");
}

/** "14:02" on the clocks of the site's time zone. */
export function clockTime(instant: string | number, timezone: string): string {
  return new Intl.DateTimeFormat(locale(), {
    timeZone: timezone,
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(instant));
}

/** "14:02:09" on the clocks of the site's time zone. */
export function clockSeconds(instant: string | number, timezone: string): string {
  return new Intl.DateTimeFormat(locale(), {
    timeZone: timezone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).format(new Date(instant));
}

/** "29 Nov 2026, 20:54" on the clocks of whoever looks, in the page's language. */
export function moment(instant: string): string {
  return new Date(instant).toLocaleString(locale(), { dateStyle: "medium", timeStyle: "short" });
}

/** "14:02" today, "10 Sep" before: when something last happened. */
export function sinceLabel(instant: string, timezone: string, now: Date): string {
  const day = todayIn(timezone, new Date(instant));
  return day === todayIn(timezone, now) ? clockTime(instant, timezone) : dayAndMonth(day);
}
