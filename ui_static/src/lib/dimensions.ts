import type { Dimension, Filter } from "./filters";
import { type Text, t } from "./i18n";
import { locale } from "./locale";

/** What a dimension is called; one label for every place that shows it. */
export const DIMENSION_LABELS: Record<Dimension, Text> = {
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
  label: Text;
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

// What the program calls them, in the words of the page's language. Channels keep the names of Google
// Analytics in every language: that is what people look them up by.
const WORDS: Partial<Record<Dimension, Record<string, Text>>> = {
  source: {
    organic: "Organic",
    direct: "Direct",
    referral: "Referral",
    social: "Social",
    paid: "Paid",
  },
  device: { desktop: "Desktop", mobile: "Mobile", tablet: "Tablet" },
};

const CODES: Partial<Record<Dimension, Intl.DisplayNamesType>> = {
  country: "region",
  language: "language",
};

// Made once for each language: a list of all countries asks two hundred times.
const NAMES = new Map<string, Intl.DisplayNames>();

function named(type: Intl.DisplayNamesType, code: string): string {
  const key = `${locale()} ${type}`;
  const names = NAMES.get(key) ?? new Intl.DisplayNames(locale(), { type });
  NAMES.set(key, names);
  try {
    return names.of(code) ?? code;
  } catch {
    // What is no code is shown as it was sent.
    return code;
  }
}

/** A value as people say it: "Germany" for DE, "Organic" for organic. */
export function valueLabel(dimension: Dimension, value: string): string {
  const type = CODES[dimension];
  if (type) return named(type, value);
  const word = WORDS[dimension]?.[value];
  return word ? t(word) : value;
}

/** Whether what people read is another word than the one that the program searches and sorts by. */
export function isCoded(dimension: Dimension): boolean {
  return dimension in CODES;
}

/** "Source is Organic or Direct". */
export function filterLabel({ dimension, operator, values }: Filter): string {
  const shown = values.map((value) =>
    operator.includes("contain") ? value : valueLabel(dimension, value),
  );
  return `${t(DIMENSION_LABELS[dimension])} ${t(operator)} ${shown.join(` ${t("or")} `)}`;
}
