import type { LedgerSums } from "@/api/types";
import { type Text, t } from "@/lib/i18n";

/** A line of the sum: what became of so many of the events that arrived. */
export interface Entry {
  name: string;
  /** In one plain sentence. */
  rule: string;
  events: number;
}

const REASONS: Record<string, { name: Text; rule: Text }> = {
  bot: { name: "Bots", rule: "Programs, not people: kept for a look, in no number." },
  excluded_host: {
    name: "Other hosts",
    rule: "From a host that this website's settings leave out.",
  },
};

/** "Bots" for `bot`; a reason that is not known here by its own name. */
export function reasonName(reason: string): string {
  const known = REASONS[reason];
  return known ? t(known.name) : reason.replaceAll("_", " ");
}

export function leftOut({ ignored }: Pick<LedgerSums, "ignored">): number {
  return Object.values(ignored).reduce((sum, events) => sum + events, 0);
}

/** Whatever is not counted in a report. */
export function notCounted(sums: LedgerSums): number {
  return sums.duplicates + leftOut(sums) + sums.set_aside;
}

/** Together they are what arrived. */
export function entries(sums: LedgerSums): Entry[] {
  const reasons = new Set([...Object.keys(REASONS), ...Object.keys(sums.ignored)]);
  return [
    { name: t("Counted"), rule: t("In your reports."), events: sums.stored },
    {
      name: t("Sent twice"),
      rule: t("The same event again: counted once, with the first."),
      events: sums.duplicates,
    },
    ...[...reasons].map((reason) => ({
      name: reasonName(reason),
      rule: t(REASONS[reason]?.rule ?? "Left out of every number."),
      events: sums.ignored[reason] ?? 0,
    })),
    {
      name: t("Set aside"),
      rule: t("Could not be stored; kept in a file of the data folder."),
      events: sums.set_aside,
    },
  ];
}
