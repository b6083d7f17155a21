import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { deleteGoal } from "@/api/deleteGoal";
import type { Goal, Report, Site } from "@/api/types";
import { Button } from "@/components/Button";
import { formatPercent } from "@/lib/format";
import { t } from "@/lib/i18n";

interface GoalRowProps {
  site: Site;
  goal: Goal;
  /** Of the last 30 days; undefined until it is known. */
  result: Report["goals"][number] | undefined;
  mayChange: boolean;
}

/** A goal, what it counted, and the way to delete it. */
export function GoalRow({ site, goal, result, mayChange }: GoalRowProps) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const removal = useMutation({
    mutationFn: () => deleteGoal(site.site_id, goal.id),
    onSuccess: () => client.invalidateQueries({ queryKey: ["site", site.site_id] }),
  });
  return (
    <li className="border-t border-line py-3 first:border-t-0 first:pt-0 last:pb-0">
      <div className="flex items-center gap-x-2 sm:gap-x-4">
        <div className="min-w-0 grow">
          <p className="font-medium wrap-anywhere">{goal.name}</p>
          <p className="text-12 text-ink-3 wrap-anywhere">
            {goal.kind === "path" ? t("sees") : t("does")} <code>{goal.pattern}</code>
          </p>
        </div>
        {result && (
          <p className="text-end whitespace-nowrap">
            <span className="font-medium">{formatPercent(result.conversion_rate_percent)}</span>
            <span className="block text-12 text-ink-3">
              {t("{{count}} times", { count: result.conversions })}
            </span>
          </p>
        )}
        {mayChange && !asking && (
          <Button look="quiet" onClick={() => setAsking(true)}>
            {t("Delete")}
            <span className="sr-only">{` ${goal.name}`}</span>
          </Button>
        )}
      </div>
      {asking && (
        <div role="alert" className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
          <p className="grow basis-52 text-ink-2">
            {removal.error
              ? removal.error.message
              : t("No event is lost with it; made again, it counts the same.")}
          </p>
          <Button look="danger" disabled={removal.isPending} onClick={() => removal.mutate()}>
            {t("Delete goal")}
          </Button>
          <Button onClick={() => setAsking(false)}>{t("Keep it")}</Button>
        </div>
      )}
    </li>
  );
}
