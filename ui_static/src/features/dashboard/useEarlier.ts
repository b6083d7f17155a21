import { useQuery } from "@tanstack/react-query";
import { timeseriesQuery } from "@/api/getTimeseries";
import type { SiteAccess } from "@/api/sitePath";
import type { Report, Timeseries } from "@/api/types";
import { type DateRange, type Granularity, parseRange } from "@/lib/range";
import type { View } from "@/lib/view";

/** The days that are compared with, and their course where they had visits. */
export interface Earlier {
  range: DateRange;
  isEmpty: boolean;
  series: Timeseries | undefined;
}

function isFlat({ series }: Timeseries): boolean {
  return Object.values(series).every((points) => points.every(({ value }) => !value));
}

/**
 * The series of the earlier days that the report is compared with; undefined where it is not.
 *
 * Which days those are the program says: they are asked for as any others, and no push touches them.
 */
export function useEarlier(
  access: SiteAccess,
  view: View,
  granularity: Granularity,
  report: Report | undefined,
): Earlier | undefined {
  const compared = report?.comparison;
  const range = compared ? parseRange(compared.date_range) : undefined;
  const silent = compared?.visits === 0 && compared.total_pageviews === 0;
  // What came after the time of now is drawn, but not yet among the numbers.
  const known = silent && !compared.until;
  const query = useQuery({
    ...timeseriesQuery(access, { ...view, range: range ?? view.range }, granularity),
    enabled: range !== undefined && !known,
    // The course of other days would be drawn as that of these.
    placeholderData: undefined,
  });
  const isEmpty = known || (silent && query.data !== undefined && isFlat(query.data));
  return range && { range, isEmpty, series: isEmpty ? undefined : query.data };
}
