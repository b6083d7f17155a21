import type { UseQueryResult } from "@tanstack/react-query";
import type { Report } from "@/api/types";
import { Panel } from "@/components/Panel";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { formatPercent } from "@/lib/format";
import { t } from "@/lib/i18n";
import { NoRows } from "./NoRows";

interface PartProps {
  name: string;
  percent: number;
  color: string;
}

function Part({ name, percent, color }: PartProps) {
  return (
    <div>
      <dt className="flex items-center gap-2 text-12 font-medium text-ink-3">
        <span aria-hidden="true" className="size-2.5 rounded-sm" style={{ background: color }} />
        {name}
      </dt>
      <dd className="mt-1 text-20 font-semibold">{formatPercent(percent)}</dd>
    </div>
  );
}

function Split({ report }: { report: Report }) {
  const shares = report.new_vs_returning;
  const parts = [
    { name: t("New"), percent: shares.new_percent, color: "var(--cat-1)" },
    { name: t("Returning"), percent: shares.returning_percent, color: "var(--cat-2)" },
  ];
  const shown = parts.filter(({ percent }) => percent > 0);
  return (
    <>
      <div aria-hidden="true" className="flex h-3 gap-0.5 overflow-hidden rounded-full bg-raised">
        {shown.map(({ name, percent, color }) => (
          <span key={name} style={{ width: `${percent}%`, background: color }} />
        ))}
      </div>
      <dl className="mt-4 grid grid-cols-2 gap-3">
        {parts.map((part) => (
          <Part key={part.name} {...part} />
        ))}
      </dl>
      {shares.unrecognisable_percent > 0 && (
        <p className="mt-4 text-12 text-ink-3">
          {t(
            "{{share}} of visitors sent no id and cannot be recognised on another day. They count as new.",
            { share: formatPercent(shares.unrecognisable_percent) },
          )}
        </p>
      )}
    </>
  );
}

export function NewReturningPanel({ query }: { query: UseQueryResult<Report> }) {
  return (
    <Panel
      title={t("New and returning")}
      rule={t(
        "Returning visitors were seen on this website before these days began; all others are new.",
      )}
    >
      <QueryBody
        query={query}
        name={t("New and returning")}
        skeleton={<RowSkeleton rows={3} />}
        isEmpty={({ unique_visitors }) => unique_visitors === 0}
        empty={<NoRows many="visitors">{t("Choose other days above.")}</NoRows>}
      >
        {(report) => <Split report={report} />}
      </QueryBody>
    </Panel>
  );
}
