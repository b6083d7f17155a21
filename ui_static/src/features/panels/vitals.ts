import type { Vital } from "@/api/types";
import { formatLoad } from "@/lib/format";
import type { Text } from "@/lib/i18n";
import { locale } from "@/lib/locale";

interface VitalKind {
  name: "lcp_ms" | "inp_ms" | "cls";
  short: string;
  label: Text;
  /** Its rule in a sentence or two. */
  rule: Text;
  format: (value: number) => string;
}

export const VITALS: readonly VitalKind[] = [
  {
    name: "lcp_ms",
    short: "LCP",
    label: "Main content",
    rule: "Largest Contentful Paint: how long it took until the largest text or picture in sight was there. Three of four pageviews took at most this long. Up to 2.5 s is good, above 4 s poor.",
    format: formatLoad,
  },
  {
    name: "inp_ms",
    short: "INP",
    label: "Reaction",
    rule: "Interaction to Next Paint: how long the page took to show something after its slowest click, tap or key. In three of four pageviews at most this long. Up to 200 ms is good, above 500 ms poor.",
    format: formatLoad,
  },
  {
    name: "cls",
    short: "CLS",
    label: "Stability",
    rule: "Cumulative Layout Shift: how far things moved that nobody had asked to move, 0 if nothing did. In three of four pageviews at most this far. Up to 0.1 is good, above 0.25 poor.",
    format: (value) => value.toLocaleString(locale(), { maximumFractionDigits: 3 }),
  },
];

export const RATINGS: Record<Vital["rating"], { word: Text; look: string }> = {
  good: { word: "Good", look: "text-live" },
  "needs improvement": { word: "Could be better", look: "text-warn" },
  poor: { word: "Poor", look: "text-bad" },
};
