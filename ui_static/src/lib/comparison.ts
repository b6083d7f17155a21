/** The earlier range that the numbers are held against, in the program's own terms. */
export const COMPARISONS = ["previous_period", "previous_year", "none"] as const;

export type Comparison = (typeof COMPARISONS)[number];

const DEFAULT: Comparison = "previous_period";

function isComparison(text: string | null): text is Comparison {
  return COMPARISONS.some((comparison) => comparison === text);
}

/** The comparison in an address; what cannot be read means the previous period. */
export function readComparison(params: URLSearchParams): Comparison {
  const text = params.get("compare");
  return isComparison(text) ? text : DEFAULT;
}

/** The same search parameters with this comparison in them. */
export function writeComparison(params: URLSearchParams, comparison: Comparison): URLSearchParams {
  const next = new URLSearchParams(params);
  if (comparison === DEFAULT) next.delete("compare");
  else next.set("compare", comparison);
  return next;
}

/** What a request carries. */
export function comparisonParams(comparison: Comparison): { compare?: string } {
  return comparison === "none" ? {} : { compare: comparison };
}
