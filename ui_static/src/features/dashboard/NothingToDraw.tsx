import { Link } from "react-router";
import type { MetricName, Report } from "@/api/types";
import { buttonStyle } from "@/components/buttonStyle";
import { Empty } from "@/components/Empty";
import { HELP } from "@/lib/helpPlaces";
import { t } from "@/lib/i18n";
import { inSentence } from "@/lib/locale";
import { useFilters } from "@/lib/useFilters";
import { FirstSteps } from "./FirstSteps";
import { metricNamed } from "./metrics";
import { NoMatch } from "./NoMatch";

interface NothingToDrawProps {
  /** Undefined for whoever came by a share link: they cannot do anything about it. */
  siteId: string | undefined;
  neverSeen: boolean;
  report: Report | undefined;
  metric: MetricName;
}

/** In the chart's place when it has nothing to show: why, and what to do next. */
export function NothingToDraw({ siteId, neverSeen, report, metric }: NothingToDrawProps) {
  const { filters } = useFilters();
  const { label, needsGoals } = metricNamed(metric);
  if (siteId && neverSeen) return <FirstSteps siteId={siteId} />;
  if (filters.length > 0 && report?.visits === 0) return <NoMatch />;
  if (needsGoals && report?.goals.length === 0) {
    return (
      <Empty title={t("No goals yet")} help={siteId ? HELP.events : undefined}>
        {t(
          "A goal is what you want visitors to do: buy, sign up, reach a page. It counts over all of history, also from before it was set.",
        )}
        {siteId && (
          <div className="mt-4">
            <Link to={`/sites/${siteId}/goals`} className={buttonStyle("plain")}>
              {t("Set a goal")}
            </Link>
          </div>
        )}
      </Empty>
    );
  }
  return (
    <Empty title={t("No {{many}} in these days", { many: inSentence(t(label)) })}>
      {t("Choose other days above, or wait: new visits appear here by themselves.")}
    </Empty>
  );
}
