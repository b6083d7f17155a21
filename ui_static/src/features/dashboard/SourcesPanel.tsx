import type { UseQueryResult } from "@tanstack/react-query";
import { Pie, PieChart } from "recharts";
import type { Report, Source } from "@/api/types";
import { BarRow } from "@/components/BarRow";
import { Empty } from "@/components/Empty";
import { Panel } from "@/components/Panel";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { formatCompact, formatCount, formatPercent } from "@/lib/format";

const SOURCES: Record<Source, { label: string; color: string }> = {
  organic: { label: "Organic", color: "var(--cat-1)" },
  direct: { label: "Direct", color: "var(--cat-2)" },
  referral: { label: "Referral", color: "var(--cat-3)" },
  social: { label: "Social", color: "var(--cat-4)" },
  paid: { label: "Paid", color: "var(--cat-5)" },
};

/** The rows beside it say the same in words, hence hidden from screen readers. */
function Donut({ report }: { report: Report }) {
  const data = report.traffic_sources.map(({ source, visitors }) => ({
    name: source,
    value: visitors,
    fill: SOURCES[source].color,
  }));
  return (
    <div aria-hidden="true" className="relative mx-auto size-40 shrink-0">
      <PieChart width={160} height={160} accessibilityLayer={false}>
        <Pie
          data={data}
          dataKey="value"
          innerRadius={54}
          outerRadius={78}
          startAngle={90}
          endAngle={-270}
          stroke="var(--surface)"
          // A single part has no neighbour to be kept apart from.
          strokeWidth={data.length > 1 ? 2 : 0}
          isAnimationActive={false}
          rootTabIndex={-1}
        />
      </PieChart>
      <div className="absolute inset-0 flex flex-col items-center justify-center">
        <span className="text-20 font-semibold" title={formatCount(report.visits)}>
          {formatCompact(report.visits)}
        </span>
        <span className="text-12 text-ink-3">visits</span>
      </div>
    </div>
  );
}

function Rows({ report }: { report: Report }) {
  return (
    <ul className="min-w-0 grow space-y-1">
      {report.traffic_sources.map(({ source, visitors, percent }) => (
        <BarRow
          key={source}
          label={
            <span className="flex min-w-0 items-center gap-2">
              <span
                aria-hidden="true"
                className="size-2.5 shrink-0 rounded-sm"
                style={{ background: SOURCES[source].color }}
              />
              <span className="truncate">{SOURCES[source].label}</span>
            </span>
          }
          value={formatCompact(visitors)}
          note={formatPercent(percent)}
          fill={percent}
          color={SOURCES[source].color}
        />
      ))}
    </ul>
  );
}

/** Where visits come from. */
export function SourcesPanel({ query }: { query: UseQueryResult<Report> }) {
  return (
    <Panel
      title="Sources"
      rule="Visits that began in these days by what brought them, judged by the visit's first event. Organic: unpaid search, video and shopping sites. Referral: other websites, e-mail, AI assistants. Paid: advertising."
    >
      <QueryBody
        query={query}
        name="Sources"
        skeleton={<RowSkeleton rows={5} />}
        isEmpty={({ traffic_sources }) => traffic_sources.length === 0}
        empty={
          <Empty title="No visits in these days">
            Choose other days above. Links that carry utm_source are told apart here.
          </Empty>
        }
      >
        {(report) => (
          <div className="flex flex-col gap-4 sm:flex-row sm:items-center sm:gap-6">
            <Donut report={report} />
            <Rows report={report} />
          </div>
        )}
      </QueryBody>
    </Panel>
  );
}
