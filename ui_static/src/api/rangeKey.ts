import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { LocalDate } from "@/lib/dates";
import { type Filter, filterParams } from "@/lib/filters";
import { type DateRange, includesDay } from "@/lib/range";
import type { View } from "@/lib/view";

const RANGE = "range";

/** The key of what a site reports about a range of days. */
export function rangeKey(siteId: string, range: DateRange, what: string): QueryKey {
  return ["site", siteId, RANGE, range, what];
}

export function rangeParams(range: DateRange): { from: LocalDate; to: LocalDate } {
  return { from: range.from, to: range.to };
}

/** The key of what a site reports about the visits of a view; `more` tells questions of a kind apart. */
export function viewKey(siteId: string, { range, filters }: View, what: string, more?: object) {
  return [...rangeKey(siteId, range, what), filters, more] as const;
}

export function viewParams({ range, filters }: View): Record<string, string> {
  const { until } = range;
  return { ...(until ? { range: "24h", until } : rangeParams(range)), ...filterParams(filters) };
}

/** Whether the key is of something about all visits of a range: nothing is filtered. */
export function isOfAllVisits(key: QueryKey): boolean {
  return (key[5] as readonly Filter[]).length === 0;
}

/** Asks again for every number on the page that this day belongs to; resolves when all are there. */
export function refetchDay(client: QueryClient, siteId: string, day: LocalDate): Promise<void> {
  return client.invalidateQueries(
    {
      queryKey: ["site", siteId, RANGE],
      predicate: ({ queryKey }) => includesDay(queryKey[3] as DateRange, day),
    },
    { cancelRefetch: false },
  );
}
