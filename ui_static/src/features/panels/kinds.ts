import type { Dimension } from "@/lib/filters";

/** One way of breaking the numbers down, as its panel shows it. */
export interface Kind {
  dimension: Dimension;
  /** On its tab. */
  label: string;
  /** What its rows are. */
  many: string;
  /** The rule of its figures. */
  rule: string;
  /** What to do where there are no rows. */
  hint: string;
  /** What its rows count, and its percentages are of. */
  counts: "visits" | "visitors";
  /** A donut holds the six largest parts of a whole; the map is of countries. */
  shape?: "donut" | "map";
}

const OTHER_DAYS = "Choose other days above.";

function ofVisits(by: string): string {
  return `Visits that began in these days, by ${by}, judged by the visit's first event; percent is of all these visits.`;
}

function campaign(part: string, label: string, dimension: Dimension): Kind {
  return {
    dimension,
    label,
    many: part === "campaign" ? "campaigns" : `campaign ${label.toLowerCase()}s`,
    rule: `${ofVisits(`the utm_${part} of the address they came to`)} Visits without it have no row.`,
    hint: `Add utm_${part}=… to the links you share: visits that come by them are told apart here.`,
    counts: "visits",
  };
}

export const SOURCES: Kind = {
  dimension: "source",
  label: "Sources",
  many: "sources",
  rule: `${ofVisits("what brought them")} Organic: unpaid search, video and shopping sites. Referral: other websites, e-mail, AI assistants. Paid: advertising.`,
  hint: `${OTHER_DAYS} Links that carry utm_source are told apart here.`,
  counts: "visits",
  shape: "donut",
};

export const CHANNELS: Kind = {
  dimension: "channel",
  label: "Channels",
  many: "channels",
  rule: `${ofVisits("the channel that brought them")} The channels are those of Google Analytics.`,
  hint: OTHER_DAYS,
  counts: "visits",
  shape: "donut",
};

export const REFERRERS: Kind = {
  dimension: "referrer",
  label: "Referrers",
  many: "referrers",
  rule: `${ofVisits("the website, app or letter that led to yours")} Visits without one have no row.`,
  hint: "Links on other websites appear here as soon as somebody follows one.",
  counts: "visits",
};

export const CAMPAIGNS: readonly Kind[] = [
  campaign("campaign", "Campaign", "utm_campaign"),
  campaign("source", "Source", "utm_source"),
  campaign("medium", "Medium", "utm_medium"),
  campaign("term", "Term", "utm_term"),
  campaign("content", "Content", "utm_content"),
];

export const PAGES: Kind = {
  dimension: "page",
  label: "Pages",
  many: "pages",
  rule: "Pages viewed in these days; the time is the average of the times known for that page. In the list of all, percent is of all visitors in these days.",
  hint: "Choose other days above, or open your website: it appears here by itself.",
  counts: "visitors",
};

export const ENTRY_PAGES: Kind = {
  dimension: "entry_page",
  label: "Entry",
  many: "entry pages",
  rule: "Visits that began in these days, by the first page they viewed; percent is of all these visits.",
  hint: OTHER_DAYS,
  counts: "visits",
};

export const EXIT_PAGES: Kind = {
  dimension: "exit_page",
  label: "Exit",
  many: "exit pages",
  rule: "Visits that began in these days, by the last page they viewed; percent is of all these visits.",
  hint: OTHER_DAYS,
  counts: "visits",
};

export const COUNTRIES: Kind = {
  dimension: "country",
  label: "Countries",
  many: "countries",
  rule: `${ofVisits("country")} The country is told from the visitor's address or the browser's time zone; the address itself is never kept. Map: Natural Earth.`,
  hint: OTHER_DAYS,
  counts: "visits",
  shape: "map",
};

export const BROWSERS: Kind = {
  dimension: "browser",
  label: "Browsers",
  many: "browsers",
  rule: ofVisits("browser"),
  hint: OTHER_DAYS,
  counts: "visits",
  shape: "donut",
};

export const SYSTEMS: Kind = {
  dimension: "os",
  label: "Systems",
  many: "operating systems",
  rule: ofVisits("operating system"),
  hint: OTHER_DAYS,
  counts: "visits",
  shape: "donut",
};

export const DEVICES: Kind = {
  dimension: "device",
  label: "Devices",
  many: "devices",
  rule: ofVisits("kind of device"),
  hint: OTHER_DAYS,
  counts: "visits",
  shape: "donut",
};

export const SCREENS: Kind = {
  dimension: "screen",
  label: "Screens",
  many: "screen sizes",
  rule: `${ofVisits("the size of the screen in pixels")} Visits that did not tell it have no row.`,
  hint: OTHER_DAYS,
  counts: "visits",
};

export const LANGUAGES: Kind = {
  dimension: "language",
  label: "Languages",
  many: "languages",
  rule: `${ofVisits("the browser's language")} Visits that did not tell it have no row.`,
  hint: OTHER_DAYS,
  counts: "visits",
};

export const EVENTS: Kind = {
  dimension: "event",
  label: "Events",
  many: "events",
  rule: "Visitors with at least one event of that type in these days; percent is of all visitors in these days.",
  hint: "Choose other days above. Send events of your own with analytiq.track(name).",
  counts: "visitors",
};

export const PROPERTIES: Kind = {
  dimension: "property",
  label: "Properties",
  many: "properties of events",
  rule: "Visitors with at least one event in these days that was sent with this property; percent is of all visitors in these days.",
  hint: 'Send them with your events: analytiq.track("signup", {plan: "pro"}) appears here as plan=pro.',
  counts: "visitors",
};
