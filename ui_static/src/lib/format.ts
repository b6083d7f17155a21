// A narrow space that does not break: between groups of digits and before a unit.
const THIN = "\u202f";

/** "1 284": every digit. */
export function formatCount(value: number): string {
  return Math.round(value).toLocaleString("en-US").replaceAll(",", THIN);
}

/** "1 284", "12.4k", "3.1M": three figures from ten thousand on. */
export function formatCompact(value: number): string {
  if (value < 10_000) return formatCount(value);
  const [scale, suffix] = value < 999_500 ? [1_000, "k"] : [1_000_000, "M"];
  const scaled = value / scale;
  return `${scaled < 99.95 ? Number(scaled.toFixed(1)) : Math.round(scaled)}${suffix}`;
}

/** "38.4 %", "38 %". */
export function formatPercent(value: number): string {
  return `${Number(value.toFixed(1))}${THIN}%`;
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
  return `${Number((milliseconds / 1000).toFixed(1))}${THIN}s`;
}

/** "1 visit", "1 284 visits". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** Bytes as "3.1 MB" or "1.2 GB". */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)}${THIN}GB`;
  return `${Math.max(0.1, bytes / 1e6).toFixed(1)}${THIN}MB`;
}
