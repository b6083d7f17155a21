import { locale } from "./locale";

// A narrow space that does not break: between groups of digits and before a unit.
const THIN = "\u202f";

// Made once for each locale: a long table asks for thousands.
const FORMATS = new Map<string, Intl.NumberFormat>();

function numberFormat(name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale()} ${name}`;
  const format = FORMATS.get(key) ?? new Intl.NumberFormat(locale(), options);
  FORMATS.set(key, format);
  return format;
}

/** In English digits are grouped by a space, which nobody takes for a decimal point. */
function grouped(format: Intl.NumberFormat, value: number): string {
  const text = format.format(value);
  return locale() === "en-GB" ? text.replaceAll(",", THIN) : text;
}

// As units are written: a small k, a large M.
const ENGLISH_SUFFIXES: Record<string, string> = { K: "k", m: "M" };

/** With one decimal where it has one: "1.7", in German "1,7". */
export function formatDecimal(value: number): string {
  return grouped(numberFormat("decimal", { maximumFractionDigits: 1 }), value);
}

/** "1 284": every digit; in German "1.284". */
export function formatCount(value: number): string {
  return grouped(numberFormat("count", { maximumFractionDigits: 0 }), value);
}

/** "1 284", "12.4k", "3.1M": three figures from ten thousand on, where the language has a short way to write them. */
export function formatCompact(value: number): string {
  if (value < 10_000) return formatCount(value);
  const compact = numberFormat("compact", { notation: "compact", maximumSignificantDigits: 3 });
  const parts = compact.formatToParts(value);
  // German has no short word for a thousand: rounding alone would save nothing.
  if (!parts.some(({ type }) => type === "compact")) return formatCount(value);
  return parts.map(({ value }) => ENGLISH_SUFFIXES[value] ?? value).join("");
}

/** "38.4 %", "38 %"; in German "38,4 %". */
export function formatPercent(value: number): string {
  return `${formatDecimal(value)}${THIN}%`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** Seconds as "48 s", "3:06 min" or "1:02:03 h". */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}${THIN}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)}${THIN}min`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}${THIN}h`;
}

/** Milliseconds as "640 ms" or "1.7 s". */
export function formatLoad(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)}${THIN}ms`;
  return `${formatDecimal(milliseconds / 1000)}${THIN}s`;
}

/** Always with one decimal: what changes keeps its width. */
function tenths(value: number): string {
  const options = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return grouped(numberFormat("tenths", options), value);
}

/** Bytes as "3.1 MB" or "1.2 GB"; in German "3,1 MB". */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${tenths(bytes / 1e9)}${THIN}GB`;
  return `${tenths(Math.max(0.1, bytes / 1e6))}${THIN}MB`;
}
