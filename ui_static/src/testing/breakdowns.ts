import type { Breakdown, BreakdownRow } from "@/api/types";

function row(value: string, visits: number, of: number): BreakdownRow {
  const percent = Math.round((1000 * visits) / of) / 10;
  return { value, visitors: visits - 1, visits, pageviews: 3 * visits, percent };
}

/** Rows of as many visits as each value has. */
function rows(visits: Record<string, number>): BreakdownRow[] {
  const of = Object.values(visits).reduce((sum, count) => sum + count, 0);
  return Object.entries(visits).map(([value, count]) => row(value, count, of));
}

const numbered = Array.from({ length: 120 }, (_, n): [string, number] => [
  `blog-${n}.example`,
  240 - n,
]);

const ROWS: Record<string, BreakdownRow[]> = {
  source: rows({ organic: 600, direct: 300, social: 100 }),
  country: rows({ DE: 500, AT: 300, CH: 150, SG: 50 }),
  browser: rows({ Chrome: 50, Safari: 20, Firefox: 10, Edge: 8, Opera: 6, Brave: 4, Vivaldi: 2 }),
  referrer: rows(Object.fromEntries(numbered)),
  utm_campaign: rows({ "=spring sale": 10 }),
  utm_source: rows({ letter: 12 }),
  event: rows({ pageview: 90, signup: 10 }),
  page: rows({ "/boots/winter-2026": 80, "/": 20 }),
  entry_page: rows({ "/shop/boots/winter-2026": 80, "/": 20 }),
};

/** What the program answers for the rows of a dimension, a page of them at a time. */
export function breakdown(asked: URLSearchParams): Breakdown {
  const dimension = asked.get("dimension") ?? "";
  const search = (asked.get("search") ?? "").toLowerCase();
  const found = (ROWS[dimension] ?? []).filter(({ value }) => value.includes(search));
  const offset = Number(asked.get("offset"));
  return {
    dimension,
    rows: found.slice(offset, offset + Number(asked.get("limit"))),
    total: found.length,
  };
}
