import type { Dimension } from "@/lib/filters";
import { HELP, type HelpPlace } from "@/lib/helpPlaces";
import { type Text, t } from "@/lib/i18n";

/** One way of breaking the numbers down, as its panel shows it. */
export interface Kind {
  dimension: Dimension;
  /** On its tab. */
  label: Text;
  /** What its rows are. */
  many: Text;
  /** The rule of its figures. */
  rule: () => string;
  /** What to do where there are no rows. */
  hint: () => string;
  /** Where to read of it. */
  help?: HelpPlace;
  /** What its rows count, and its percentages are of. */
  counts: "visits" | "visitors";
  /** A donut holds the six largest parts of a whole; the map is of countries. */
  shape?: "donut" | "map";
}

const otherDays = () => t("Choose other days above.");

function ofVisits(by: string, ...more: string[]): string {
  const rule = t(
    "Visits that began in these days, by {{by}}, judged by the visit's first event; percent is of all these visits.",
    { by },
  );
  return [rule, ...more].join(" ");
}

function campaign(part: string, label: Text, many: Text, dimension: Dimension): Kind {
  return {
    dimension,
    label,
    many,
    rule: () =>
      ofVisits(
        t("the {{parameter}} of the address they came to", { parameter: `utm_${part}` }),
        t("Visits without it have no row."),
      ),
    hint: () =>
      t(
        "Add {{parameter}}=… to the links you share: visits that come by them are told apart here.",
        {
          parameter: `utm_${part}`,
        },
      ),
    help: HELP.sources,
    counts: "visits",
  };
}

export const SOURCES: Kind = {
  dimension: "source",
  label: "Sources",
  many: "sources",
  rule: () =>
    ofVisits(
      t("what brought them"),
      t(
        "Organic: unpaid search, video and shopping sites. Referral: other websites, e-mail, AI assistants. Paid: advertising.",
      ),
    ),
  hint: () => t("Choose other days above. Links that carry utm_source are told apart here."),
  help: HELP.sources,
  counts: "visits",
  shape: "donut",
};

export const CHANNELS: Kind = {
  dimension: "channel",
  label: "Channels",
  many: "channels",
  rule: () =>
    ofVisits(t("the channel that brought them"), t("The channels are those of Google Analytics.")),
  hint: otherDays,
  help: HELP.sources,
  counts: "visits",
  shape: "donut",
};

export const REFERRERS: Kind = {
  dimension: "referrer",
  label: "Referrers",
  many: "referrers",
  rule: () =>
    ofVisits(
      t("the website, app or letter that led to yours"),
      t("Visits without one have no row."),
    ),
  hint: () => t("Links on other websites appear here as soon as somebody follows one."),
  help: HELP.sources,
  counts: "visits",
};

export const CAMPAIGNS: readonly Kind[] = [
  campaign("campaign", "Campaign", "campaigns", "utm_campaign"),
  campaign("source", "Source", "campaign sources", "utm_source"),
  campaign("medium", "Medium", "campaign media", "utm_medium"),
  campaign("term", "Term", "campaign terms", "utm_term"),
  campaign("content", "Content", "campaign contents", "utm_content"),
];

export const PAGES: Kind = {
  dimension: "page",
  label: "Pages",
  many: "pages",
  rule: () =>
    t(
      "Pages viewed in these days; the time is the average of the times known for that page. In the list of all, percent is of all visitors in these days.",
    ),
  hint: () => t("Choose other days above, or open your website: it appears here by itself."),
  help: HELP.arrival,
  counts: "visitors",
};

export const ENTRY_PAGES: Kind = {
  dimension: "entry_page",
  label: "Entry",
  many: "entry pages",
  rule: () =>
    t(
      "Visits that began in these days, by the first page they viewed; percent is of all these visits.",
    ),
  hint: otherDays,
  counts: "visits",
};

export const EXIT_PAGES: Kind = {
  dimension: "exit_page",
  label: "Exit",
  many: "exit pages",
  rule: () =>
    t(
      "Visits that began in these days, by the last page they viewed; percent is of all these visits.",
    ),
  hint: otherDays,
  counts: "visits",
};

export const COUNTRIES: Kind = {
  dimension: "country",
  label: "Countries",
  many: "countries",
  rule: () =>
    ofVisits(
      t("country"),
      t(
        "The country is told from the visitor's address or the browser's time zone; the address itself is never kept. Map: Natural Earth.",
      ),
    ),
  hint: otherDays,
  counts: "visits",
  shape: "map",
};

export const BROWSERS: Kind = {
  dimension: "browser",
  label: "Browsers",
  many: "browsers",
  rule: () => ofVisits(t("browser")),
  hint: otherDays,
  counts: "visits",
  shape: "donut",
};

export const SYSTEMS: Kind = {
  dimension: "os",
  label: "Systems",
  many: "operating systems",
  rule: () => ofVisits(t("operating system")),
  hint: otherDays,
  counts: "visits",
  shape: "donut",
};

export const DEVICES: Kind = {
  dimension: "device",
  label: "Devices",
  many: "devices",
  rule: () => ofVisits(t("kind of device")),
  hint: otherDays,
  counts: "visits",
  shape: "donut",
};

export const SCREENS: Kind = {
  dimension: "screen",
  label: "Screens",
  many: "screen sizes",
  rule: () =>
    ofVisits(t("the size of the screen in pixels"), t("Visits that did not tell it have no row.")),
  hint: otherDays,
  counts: "visits",
};

export const LANGUAGES: Kind = {
  dimension: "language",
  label: "Languages",
  many: "languages",
  rule: () => ofVisits(t("the browser's language"), t("Visits that did not tell it have no row.")),
  hint: otherDays,
  counts: "visits",
};

export const EVENTS: Kind = {
  dimension: "event",
  label: "Events",
  many: "events",
  rule: () =>
    t(
      "Visitors with at least one event of that type in these days; percent is of all visitors in these days.",
    ),
  hint: () => t("Choose other days above. Send events of your own with analytiq.track(name)."),
  help: HELP.events,
  counts: "visitors",
};

export const PROPERTIES: Kind = {
  dimension: "property",
  label: "Properties",
  many: "properties of events",
  rule: () =>
    t(
      "Visitors with at least one event in these days that was sent with this property; percent is of all visitors in these days.",
    ),
  hint: () =>
    t(
      'Send them with your events: analytiq.track("signup", {plan: "pro"}) appears here as plan=pro.',
    ),
  help: HELP.events,
  counts: "visitors",
};
