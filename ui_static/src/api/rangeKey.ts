import type { QueryClient, QueryKey } from "@tanstack/react-query";
import type { LocalDate } from "@/lib/dates";
import { type DateRange, includesDay } from "@/lib/range";

const RANGE = "range";

/** The key of what a site reports about a range of days. */
export function rangeKey(siteId: string, range: DateRange, what: string): QueryKey {
  return ["site", siteId, RANGE, range, what];
}

export function rangeParams(range: DateRange): { from: LocalDate; to: LocalDate } {
  return { from: range.from, to: range.to };
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
