import { formatCount } from "@/lib/format";
import { t } from "@/lib/i18n";

export interface Change {
  direction: "up" | "down" | "none";
  /** "12 % more than yesterday by this time". */
  text: string;
}

/**
 * Today's visitors against those of yesterday up to the same time of day.
 *
 * @param yesterday null when the day is too young to be compared
 */
export function changeSinceYesterday(today: number, yesterday: number | null): Change | undefined {
  if (yesterday === null || (yesterday === 0 && today === 0)) return undefined;
  if (yesterday === today)
    return { direction: "none", text: t("as many as yesterday by this time") };
  const direction = today > yesterday ? "up" : "down";
  if (yesterday === 0) return { direction, text: t("none yesterday by this time") };
  const percent = Math.round((Math.abs(today - yesterday) / yesterday) * 100);
  // Of 1 000 visitors one more is no change that a whole percent could tell.
  const amount =
    percent === 0 ? formatCount(Math.abs(today - yesterday)) : `${formatCount(percent)}\u202f%`;
  const text =
    direction === "up"
      ? t("{{amount}} more than yesterday by this time", { amount })
      : t("{{amount}} fewer than yesterday by this time", { amount });
  return { direction, text };
}
