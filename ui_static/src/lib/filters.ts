/** As the program names them; `page`, `event` and `property` are of events, all others of visits. */
export const DIMENSIONS = [
  "page",
  "entry_page",
  "exit_page",
  "source",
  "channel",
  "referrer",
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "utm_term",
  "utm_content",
  "country",
  "language",
  "browser",
  "os",
  "device",
  "screen",
  "event",
  "property",
] as const;

export type Dimension = (typeof DIMENSIONS)[number];

export const OPERATORS = ["is", "is not", "contains", "does not contain"] as const;

export type Operator = (typeof OPERATORS)[number];

/** Keeps the visits that match any of the values; several filters must all match. */
export interface Filter {
  dimension: Dimension;
  operator: Operator;
  values: readonly string[];
}

// The program refuses more.
const MAX_FILTERS = 20;
const MAX_VALUES = 100;

const OF_EVENTS: readonly Dimension[] = ["page", "event", "property"];

function readFilter(item: unknown): Filter[] {
  if (!Array.isArray(item) || item.length !== 3) return [];
  const [dimension, operator, values] = item;
  if (!DIMENSIONS.includes(dimension) || !OPERATORS.includes(operator)) return [];
  if (!Array.isArray(values) || values.length === 0 || values.length > MAX_VALUES) return [];
  if (!values.every((value) => typeof value === "string")) return [];
  return [{ dimension, operator, values }];
}

/** The filters of an address: `?filters=[["source","is",["organic"]]]`. What cannot be read is left out. */
export function readFilters(params: URLSearchParams): Filter[] {
  try {
    const items: unknown = JSON.parse(params.get("filters") ?? "[]");
    return Array.isArray(items) ? items.flatMap(readFilter).slice(0, MAX_FILTERS) : [];
  } catch {
    return [];
  }
}

/** What an address and a request carry, in the program's own terms; nothing when nothing is filtered. */
export function filterParams(filters: readonly Filter[]): { filters?: string } {
  if (filters.length === 0) return {};
  const items = filters.map(({ dimension, operator, values }) => [dimension, operator, values]);
  return { filters: JSON.stringify(items) };
}

/** The same search parameters with these filters in them. */
export function writeFilters(params: URLSearchParams, filters: readonly Filter[]): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete("filters");
  const written = filterParams(filters).filters;
  if (written) next.set("filters", written);
  return next;
}

/** Whether a row of a panel stands for one of the filters' values. */
export function isFiltered(
  filters: readonly Filter[],
  dimension: Dimension,
  value: string,
  operator: Operator = "is",
): boolean {
  return filters.some(
    (filter) =>
      filter.dimension === dimension &&
      filter.operator === operator &&
      filter.values.includes(value),
  );
}

/** The filters without this value of one of them. */
export function withoutValue(
  filters: readonly Filter[],
  { dimension, operator }: Pick<Filter, "dimension" | "operator">,
  value: string,
): Filter[] {
  return filters.flatMap((filter) => {
    if (filter.dimension !== dimension || filter.operator !== operator) return [filter];
    const values = filter.values.filter((other) => other !== value);
    return values.length > 0 ? [{ ...filter, values }] : [];
  });
}

function withValue(filters: readonly Filter[], added: Filter): Filter[] {
  // A visit has one source but many pages: another source widens, another page narrows.
  const narrows = added.operator === "is" && OF_EVENTS.includes(added.dimension);
  const index = filters.findIndex(
    ({ dimension, operator }) => dimension === added.dimension && operator === added.operator,
  );
  if (narrows || index < 0) return [...filters, added];
  return filters.map((filter, at) =>
    at === index ? { ...filter, values: [...filter.values, ...added.values] } : filter,
  );
}

/**
 * The filters after a row was clicked: the value is asked for, or left out with `exclude`; a second
 * click takes that back, and asking for what was left out takes its exclusion away.
 */
export function toggleFilter(
  filters: readonly Filter[],
  dimension: Dimension,
  value: string,
  exclude = false,
): Filter[] {
  const operator = exclude ? "is not" : "is";
  if (isFiltered(filters, dimension, value, operator)) {
    return withoutValue(filters, { dimension, operator }, value);
  }
  const opposite = exclude ? "is" : "is not";
  const rest = withoutValue(filters, { dimension, operator: opposite }, value);
  return withValue(rest, { dimension, operator, values: [value] });
}
