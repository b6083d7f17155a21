import { useQuery } from "@tanstack/react-query";
import { ledgerQuery } from "@/api/getLedger";
import { quarantineQuery } from "@/api/getQuarantine";
import type { Site } from "@/api/types";
import { Empty } from "@/components/Empty";
import { Panel } from "@/components/Panel";
import { QueryBody } from "@/components/QueryBody";
import { RangePicker } from "@/components/RangePicker";
import { RowSkeleton } from "@/components/RowSkeleton";
import { t } from "@/lib/i18n";
import { DAY_PRESETS } from "@/lib/range";
import { useRange } from "@/lib/useRange";
import { DaysTable } from "./DaysTable";
import { LeftOutAgents, LeftOutHosts } from "./LeftOutPanel";
import { Receipt } from "./Receipt";

const nothing = () => (
  <Empty title={t("Nothing arrived in these days")}>
    {t("Choose other days above, or open your website: it appears here within seconds.")}
  </Empty>
);

/** The promise, shown: everything that arrived, and what became of it. */
export function ArrivedView({ site }: { site: Site }) {
  // An event is entered once, under the day of UTC on which it arrived.
  const days = useRange("UTC", DAY_PRESETS);
  const { range } = days;
  const ledger = useQuery(ledgerQuery(site.site_id, range));
  const quarantine = useQuery(quarantineQuery(site.site_id, range));
  return (
    <>
      <header className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div>
          <h1 className="text-20 font-semibold">{t("What arrived")}</h1>
          <p className="mt-1 max-w-180 text-pretty text-ink-2">
            {t(
              "Every event that {{name}} sent, and what became of it. Days begin at midnight UTC.",
              { name: site.name },
            )}
          </p>
        </div>
        <div className="w-full sm:w-auto">
          <RangePicker days={days} />
        </div>
      </header>
      <div className="grid grid-cols-1 gap-3 lg:grid-cols-[22rem_1fr]">
        <Panel
          title={t("The sum")}
          rule={t(
            "What was answered as stored must be in one of these lines. It is counted again every hour; if it ever does not add up, every page says so.",
          )}
        >
          <QueryBody
            query={ledger}
            name={t("The sum")}
            skeleton={<RowSkeleton rows={6} />}
            isEmpty={({ total }) => total.received + total.rejected === 0}
            empty={nothing()}
          >
            {({ total }) => <Receipt sums={total} />}
          </QueryBody>
        </Panel>
        <Panel
          title={t("Day by day")}
          rule={t("The same sum for each day on which something arrived.")}
        >
          <QueryBody
            query={ledger}
            name={t("Day by day")}
            skeleton={<RowSkeleton rows={7} />}
            isEmpty={({ days }) => days.length === 0}
            empty={nothing()}
          >
            {({ days }) => <DaysTable days={days} />}
          </QueryBody>
        </Panel>
      </div>
      <div className="mt-3 grid grid-cols-1 gap-3 lg:grid-cols-2">
        <LeftOutAgents query={quarantine} />
        <LeftOutHosts query={quarantine} />
      </div>
    </>
  );
}
