import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { vitalsQuery } from "@/api/getVitals";
import type { SiteAccess } from "@/api/sitePath";
import type { Report } from "@/api/types";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { formatLoad } from "@/lib/format";
import { t } from "@/lib/i18n";
import type { View } from "@/lib/view";
import { NoRows } from "./NoRows";
import { PageVitalsTable } from "./PageVitalsTable";
import { TabbedPanel } from "./TabbedPanel";
import { VitalFigures } from "./VitalFigures";

const STEPS = [
  { name: "p50", label: "Half of all page loads took at most", short: "median" },
  { name: "p75", label: "Three of four took at most", short: "p75" },
  { name: "p95", label: "Nineteen of twenty took at most", short: "p95" },
] as const;

function Percentiles({ report }: { report: Report }) {
  const slowest = report.load_ms.p95;
  return (
    <>
      <ul className="space-y-4">
        {STEPS.map(({ name, label, short }) => {
          const milliseconds = report.load_ms[name];
          return (
            <li key={name}>
              <div className="flex items-baseline justify-between gap-3">
                <span className="min-w-0 text-ink-2">
                  {t(label)} <span className="text-12 text-ink-3">{t(short)}</span>
                </span>
                <span className="shrink-0 text-20 font-semibold">{formatLoad(milliseconds)}</span>
              </div>
              <div aria-hidden="true" className="mt-1 h-2 rounded-full bg-raised">
                <div
                  className="h-full rounded-full bg-accent"
                  style={{ width: `${(100 * milliseconds) / slowest}%` }}
                />
              </div>
            </li>
          );
        })}
      </ul>
      <p className="mt-4 text-12 text-ink-3">
        {t("On average {{time}}.", { time: formatLoad(report.avg_loading_time_ms) })}
      </p>
    </>
  );
}

interface SpeedPanelProps {
  access: SiteAccess;
  view: View;
  report: UseQueryResult<Report>;
}

/** How long visitors wait for a page, and how it feels meanwhile. */
export function SpeedPanel({ access, view, report }: SpeedPanelProps) {
  const vitals = useQuery(vitalsQuery(access, view));
  const all = (
    <div className="flex min-h-52 flex-col">
      <QueryBody
        query={report}
        name={t("Speed")}
        skeleton={<RowSkeleton rows={5} />}
        isEmpty={({ load_ms }) => load_ms.p95 === 0}
        empty={
          <NoRows many="loading times">
            {t("The snippet measures them by itself with every page that is loaded.")}
          </NoRows>
        }
      >
        {(shown) => <Percentiles report={shown} />}
      </QueryBody>
      <VitalFigures query={vitals} />
    </div>
  );
  return (
    <TabbedPanel
      title={t("Speed")}
      tabs={[
        {
          name: "all",
          label: t("All pages"),
          rule: t(
            "Loading times as browsers measured them, from the click to the end of loading: the time within which half, three quarters and 95 percent of the loads in these days were done. Below, what three of four pageviews stayed within.",
          ),
          body: all,
        },
        {
          name: "pages",
          label: t("Each page"),
          rule: t(
            "Of each page what three of four of its pageviews in these days stayed within, for the pages that were measured most.",
          ),
          body: <PageVitalsTable query={vitals} />,
        },
      ]}
    />
  );
}
