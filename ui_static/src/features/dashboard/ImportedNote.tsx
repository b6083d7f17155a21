import { History } from "lucide-react";
import type { Report } from "@/api/types";
import { formatCount, formatDuration, formatPercent } from "@/lib/format";
import { type Text, t } from "@/lib/i18n";
import { type Granularity, rangeLabel } from "@/lib/range";
import { programs } from "./imported";

type Imported = NonNullable<Report["imported"]>;

const FIGURES: readonly {
  label: Text;
  of: (history: Imported) => number | null;
  said: (value: number) => string;
}[] = [
  { label: "Visits", of: ({ visits }) => visits, said: formatCount },
  { label: "Pageviews", of: ({ pageviews }) => pageviews, said: formatCount },
  {
    label: "Bounce rate",
    of: ({ bounce_rate_percent }) => bounce_rate_percent,
    said: formatPercent,
  },
  { label: "Time on site", of: ({ avg_visit_sec }) => avg_visit_sec, said: formatDuration },
  { label: "Sum of daily visitors", of: ({ daily_visitors }) => daily_visitors, said: formatCount },
];

/** What other programs counted in these days, apart from the figures above. */
export function ImportedNote({
  report,
  granularity,
}: {
  report: Report | undefined;
  granularity: Granularity;
}) {
  const history = report?.imported;
  if (!history) return null;
  const days = rangeLabel({ from: history.first_day, to: history.last_day });
  return (
    <div className="flex gap-2 border-line border-t px-4 py-3 text-12 text-ink-2">
      <History className="size-4 shrink-0 text-ink-3" aria-hidden="true" />
      <div className="space-y-1">
        <p>
          {t("Imported from {{programs}}, {{days}}. Not part of the figures above.", {
            programs: programs(history.sources),
            days,
          })}{" "}
          {granularity !== "day" && t("The chart draws it in ranges of 3 to 100 days.")}
        </p>
        <dl className="flex flex-wrap gap-x-4 gap-y-1">
          {FIGURES.map(({ label, of, said }) => {
            const value = of(history);
            return (
              value !== null && (
                <div key={label} className="flex gap-1.5 whitespace-nowrap">
                  <dt className="text-ink-3">{t(label)}</dt>
                  <dd className="text-ink">{said(value)}</dd>
                </div>
              )
            );
          })}
        </dl>
      </div>
    </div>
  );
}
