import type { UseQueryResult } from "@tanstack/react-query";
import type { Report, Share } from "@/api/types";
import { BarRow } from "@/components/BarRow";
import { Empty } from "@/components/Empty";
import { Panel } from "@/components/Panel";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { formatPercent } from "@/lib/format";

interface SharesPanelProps {
  query: UseQueryResult<Report>;
  title: string;
  rule: string;
  of: (report: Report) => Share[];
}

/** Names and the share of visits of each. */
export function SharesPanel({ query, title, rule, of }: SharesPanelProps) {
  return (
    <Panel title={title} rule={rule}>
      <QueryBody
        query={query}
        name={title}
        skeleton={<RowSkeleton rows={5} />}
        isEmpty={(report) => of(report).length === 0}
        empty={<Empty title="No visits in these days">Choose other days above.</Empty>}
      >
        {(report) => (
          <ul className="space-y-1">
            {of(report).map(({ name, percent }) => (
              <BarRow key={name} label={name} value={formatPercent(percent)} fill={percent} />
            ))}
          </ul>
        )}
      </QueryBody>
    </Panel>
  );
}
