import type { Dimension, Filter } from "./filters";

/** What a dimension is called; one label for every place that shows it. */
export const DIMENSION_LABELS: Record<Dimension, string> = {
  page: "Page",
  entry_page: "Entry page",
  exit_page: "Exit page",
  source: "Source",
  channel: "Channel",
  referrer: "Referrer",
  utm_source: "Campaign source",
  utm_medium: "Campaign medium",
  utm_campaign: "Campaign",
  utm_term: "Campaign term",
  utm_content: "Campaign content",
  country: "Country",
  language: "Language",
  browser: "Browser",
  os: "Operating system",
  device: "Device",
  screen: "Screen size",
  event: "Event",
  property: "Property",
};

interface DimensionGroup {
  label: string;
  dimensions: readonly Dimension[];
}

export const DIMENSION_GROUPS: readonly DimensionGroup[] = [
  { label: "Pages", dimensions: ["page", "entry_page", "exit_page"] },
  { label: "Where visits came from", dimensions: ["source", "channel", "referrer"] },
  {
    label: "Campaigns",
    dimensions: ["utm_campaign", "utm_source", "utm_medium", "utm_term", "utm_content"],
  },
  {
    label: "Visitors and their devices",
    dimensions: ["country", "language", "browser", "os", "device", "screen"],
  },
  { label: "What they did", dimensions: ["event", "property"] },
];

// Made once: a list of all countries asks two hundred times.
const NAMES: Partial<Record<Dimension, Intl.DisplayNames>> = {
  country: new Intl.DisplayNames("en", { type: "region" }),
  language: new Intl.DisplayNames("en", { type: "language" }),
};

function named(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    // What is no code is shown as it was sent.
    return code;
  }
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** A value as people say it: "Germany" for DE, "Organic" for organic. */
export function valueLabel(dimension: Dimension, value: string): string {
  const names = NAMES[dimension];
  if (names) return named(names, value);
  return dimension === "source" || dimension === "device" ? capitalised(value) : value;
}

/** Whether what people read is another word than the one that the program searches and sorts by. */
export function isCoded(dimension: Dimension): boolean {
  return dimension in NAMES;
}

/** "Source is Organic or Direct". */
export function filterLabel({ dimension, operator, values }: Filter): string {
  const shown = values.map((value) =>
    operator.includes("contain") ? value : valueLabel(dimension, value),
  );
  return `${DIMENSION_LABELS[dimension]} ${operator} ${shown.join(" or ")}`;
}
