import type { LedgerSums } from "@/api/types";

/** A line of the sum: what became of so many of the events that arrived. */
export interface Entry {
  name: string;
  /** In one plain sentence. */
  rule: string;
  events: number;
}

const REASONS: Record<string, { name: string; rule: string }> = {
  bot: { name: "Bots", rule: "Programs, not people: kept for a look, in no number." },
  excluded_host: {
    name: "Other hosts",
    rule: "From a host that this website's settings leave out.",
  },
};

/** "Bots" for `bot`; a reason that is not known here by its own name. */
export function reasonName(reason: string): string {
  return REASONS[reason]?.name ?? reason.replaceAll("_", " ");
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
    { name: "Counted", rule: "In your reports.", events: sums.stored },
    {
      name: "Sent twice",
      rule: "The same event again: counted once, with the first.",
      events: sums.duplicates,
    },
    ...[...reasons].map((reason) => ({
      name: reasonName(reason),
      rule: REASONS[reason]?.rule ?? "Left out of every number.",
      events: sums.ignored[reason] ?? 0,
    })),
    {
      name: "Set aside",
      rule: "Could not be stored; kept in a file of the data folder.",
      events: sums.set_aside,
    },
  ];
}
