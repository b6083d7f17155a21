import type { UseQueryResult } from "@tanstack/react-query";
import type { Report } from "@/api/types";
import { Panel } from "@/components/Panel";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { formatLoad } from "@/lib/format";
import { NoRows } from "./NoRows";

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
                  {label} <span className="text-12 text-ink-3">{short}</span>
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
        {`On average ${formatLoad(report.avg_loading_time_ms)}.`}
      </p>
    </>
  );
}

/** How long visitors wait for a page. */
export function SpeedPanel({ query }: { query: UseQueryResult<Report> }) {
  return (
    <Panel
      title="Speed"
      rule="Loading times as browsers measured them, from the click to the end of loading: the time within which half, three quarters and 95 percent of the loads in these days were done."
    >
      <div className="flex min-h-52 flex-col">
        <QueryBody
          query={query}
          name="Speed"
          skeleton={<RowSkeleton rows={5} />}
          isEmpty={({ load_ms }) => load_ms.p95 === 0}
          empty={
            <NoRows many="loading times">
              The snippet measures them by itself with every page that is loaded.
            </NoRows>
          }
        >
          {(report) => <Percentiles report={report} />}
        </QueryBody>
      </div>
    </Panel>
  );
}
