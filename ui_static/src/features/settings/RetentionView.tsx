import { useQuery } from "@tanstack/react-query";
import { settingsQuery } from "@/api/getSettings";
import type { ProgramSettings } from "@/api/types";
import { Card } from "@/components/Card";
import { QueryBody } from "@/components/QueryBody";
import { t } from "@/lib/i18n";
import { DatabaseFile } from "./DatabaseFile";
import { HowToChange } from "./HowToChange";

interface Tier {
  name: string;
  kept: string;
  meaning: string;
}

function tiers({ raw_retention_days, facts_retention_days }: ProgramSettings): Tier[] {
  return [
    {
      name: t("Events as they arrived"),
      kept: t("{{count}} days", { count: raw_retention_days }),
      meaning: t(
        "Everything that was sent. When they go no number changes, but events of those days that come later are refused, and they cannot be exported any more.",
      ),
    },
    {
      name: t("Visits"),
      kept: t("{{count}} days", { count: facts_retention_days }),
      meaning: t(
        "What filters, and visitors over several days, are counted from. Of days before, visitors are the sum of each day's, and the dashboard says so.",
      ),
    },
    {
      name: t("Sums of hours and days"),
      kept: t("for ever"),
      meaning: t("Every number of every day, without anybody's visit in it."),
    },
  ];
}

function Retention({ settings }: { settings: ProgramSettings }) {
  return (
    <div className="space-y-3">
      <Card title={t("How long things are kept")}>
        <dl>
          {tiers(settings).map(({ name, kept, meaning }) => (
            <div
              key={name}
              className="grid gap-x-6 gap-y-1 border-t border-line py-3 first:border-t-0 first:pt-0 last:pb-0 sm:grid-cols-[12rem_minmax(0,1fr)]"
            >
              <dt>
                <span className="block font-medium">{name}</span>
                <span className="text-16">{kept}</span>
              </dt>
              <dd className="text-ink-2">{meaning}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <DatabaseFile />
      <HowToChange
        settings={settings}
        lines={`raw_retention_days = ${settings.raw_retention_days}\nfacts_retention_days = ${settings.facts_retention_days}`}
        after={t(
          "Fewer days take effect within a day, for good: what is gone comes back from a backup alone.",
        )}
      />
    </div>
  );
}

/** What is kept of visitors, and for how long. */
export function RetentionView() {
  const settings = useQuery(settingsQuery);
  return (
    <QueryBody
      query={settings}
      name={t("The times of retention")}
      skeleton={<div className="skeleton h-52 rounded-card" />}
      isEmpty={() => false}
      empty={null}
    >
      {(found) => <Retention settings={found} />}
    </QueryBody>
  );
}
