import { useQuery } from "@tanstack/react-query";
import { goalsQuery } from "@/api/getGoals";
import { reportQuery } from "@/api/getReport";
import type { Site } from "@/api/types";
import { Card } from "@/components/Card";
import { Empty } from "@/components/Empty";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { addDays, todayIn } from "@/lib/dates";
import { HELP } from "@/lib/helpPlaces";
import { t } from "@/lib/i18n";
import { GoalRow } from "./GoalRow";
import { NewGoalForm } from "./NewGoalForm";

interface GoalsViewProps {
  site: Site;
  /** Whoever only looks at a website cannot make goals for it. */
  mayChange: boolean;
}

/** What a website wants its visitors to do, and how many did. */
export function GoalsView({ site, mayChange }: GoalsViewProps) {
  const goals = useQuery(goalsQuery(site.site_id));
  const today = todayIn(site.timezone, new Date());
  const range = { from: addDays(today, -29), to: today };
  const report = useQuery(reportQuery(site, { range, filters: [] }, "none"));
  return (
    <div className="space-y-3">
      <Card title={t("All goals")}>
        <p className="text-ink-2">
          {t(
            "What you want visitors to do. Beside each goal: the share of visitors of the last 30 days who did it, and how often it was done.",
          )}
        </p>
        <QueryBody
          query={goals}
          name={t("The goals")}
          skeleton={<RowSkeleton rows={3} />}
          isEmpty={(found) => found.length === 0}
          empty={
            <Empty title={t("No goals yet")} help={HELP.events}>
              {mayChange
                ? t(
                    "Add the first one below, such as the page that thanks for an order. It counts what was before, too.",
                  )
                : t("Whoever owns this website, or is an editor of it, can add some.")}
            </Empty>
          }
        >
          {(found) => (
            <ul>
              {found.map((goal) => (
                <GoalRow
                  key={goal.id}
                  site={site}
                  goal={goal}
                  result={report.data?.goals.find(({ id }) => id === goal.id)}
                  mayChange={mayChange}
                />
              ))}
            </ul>
          )}
        </QueryBody>
      </Card>
      {mayChange && <NewGoalForm site={site} />}
    </div>
  );
}
