import type { UseQueryResult } from "@tanstack/react-query";
import { Link } from "react-router";
import type { SiteAccess } from "@/api/sitePath";
import type { Report } from "@/api/types";
import { buttonStyle } from "@/components/buttonStyle";
import { Empty } from "@/components/Empty";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import type { Dimension } from "@/lib/filters";
import { formatCount, formatPercent } from "@/lib/format";
import { HELP, helpFor } from "@/lib/helpPlaces";
import { t } from "@/lib/i18n";
import { usePick } from "./usePick";

type GoalResult = Report["goals"][number];

const NUMBER = "py-1.5 pe-2 ps-3 text-end whitespace-nowrap";

/** The dimension in which a goal is one value; of a pattern with wildcards there are many. */
function dimensionOf({ kind, pattern }: GoalResult): Dimension | undefined {
  if (kind === "event") return "event";
  return pattern.includes("*") ? undefined : "page";
}

function Name({ goal, dimension }: { goal: GoalResult; dimension: Dimension }) {
  const pick = usePick(dimension);
  return (
    <button
      {...pick.button(goal.pattern)}
      className="relative flex min-h-11 w-full items-center rounded px-2 text-start -outline-offset-2! hover:underline aria-pressed:font-medium aria-pressed:text-accent sm:min-h-8"
    >
      <span className="line-clamp-2 wrap-anywhere">{goal.name}</span>
    </button>
  );
}

function Row({ goal }: { goal: GoalResult }) {
  const rate = goal.conversion_rate_percent;
  const dimension = dimensionOf(goal);
  return (
    <tr data-testid="goal-row">
      <th scope="row" className="relative w-full max-w-0 p-0 text-start font-normal">
        <span
          aria-hidden="true"
          className="absolute inset-y-0.5 start-0 rounded bg-accent opacity-12"
          style={{ width: `${rate}%` }}
        />
        {dimension ? (
          <Name goal={goal} dimension={dimension} />
        ) : (
          <span className="relative line-clamp-2 px-2 py-1.5 wrap-anywhere" title={goal.name}>
            {goal.name}
          </span>
        )}
      </th>
      <td className={NUMBER}>{formatCount(goal.conversions)}</td>
      <td className={`${NUMBER} font-medium`}>{formatPercent(rate)}</td>
    </tr>
  );
}

function Table({ report }: { report: Report }) {
  const head = "pb-1 pe-2 ps-3 text-end font-medium";
  return (
    <table className="w-full">
      <thead className="text-12 text-ink-3">
        <tr>
          <th scope="col" className="pb-1 ps-2 text-start font-medium">
            {t("Goal")}
          </th>
          <th scope="col" className={head}>
            {t("Conversions")}
          </th>
          <th scope="col" className={head}>
            {t("Rate")}
          </th>
        </tr>
      </thead>
      <tbody>
        {report.goals.map((goal) => (
          <Row key={goal.id} goal={goal} />
        ))}
      </tbody>
    </table>
  );
}

interface GoalsTableProps {
  access: SiteAccess;
  query: UseQueryResult<Report>;
}

/** What visitors are wanted to do, and how many did. */
export function GoalsTable({ access, query }: GoalsTableProps) {
  return (
    <div className="flex min-h-40 grow flex-col">
      <QueryBody
        query={query}
        name={t("Goals")}
        skeleton={<RowSkeleton rows={4} />}
        isEmpty={({ goals }) => goals.length === 0}
        empty={
          <Empty title={t("No goals yet")} help={helpFor(access, HELP.events)}>
            {t(
              "A goal is what you want visitors to do: an event such as signup, or a page such as /thanks. As soon as there is one, it counts over all days gone by too.",
            )}
            {access.viewToken === undefined && (
              <div className="mt-3">
                <Link to={`/sites/${access.site_id}/goals`} className={buttonStyle("plain")}>
                  {t("Set a goal")}
                </Link>
              </div>
            )}
          </Empty>
        }
      >
        {(report) => (
          <>
            <Table report={report} />
            {access.viewToken === undefined && (
              <footer className="mt-auto flex justify-end pt-2">
                <Link
                  to={`/sites/${access.site_id}/goals`}
                  className={buttonStyle("quiet", "text-12")}
                >
                  {t("All goals")}
                </Link>
              </footer>
            )}
          </>
        )}
      </QueryBody>
    </div>
  );
}
