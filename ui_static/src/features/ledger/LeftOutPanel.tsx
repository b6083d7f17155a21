import type { UseQueryResult } from "@tanstack/react-query";
import type { Quarantine } from "@/api/types";
import { BarRow } from "@/components/BarRow";
import { Empty } from "@/components/Empty";
import { Panel } from "@/components/Panel";
import { QueryBody } from "@/components/QueryBody";
import { RowSkeleton } from "@/components/RowSkeleton";
import { formatCount } from "@/lib/format";
import { t } from "@/lib/i18n";
import { agentName } from "./agentName";
import { reasonName } from "./entries";

interface Row {
  label: string;
  /** On hover. */
  full: string;
  events: number;
}

interface LeftOutPanelProps {
  query: UseQueryResult<Quarantine>;
  title: string;
  rule: string;
  /** What it means that there are none. */
  none: string;
  of: (found: Quarantine) => Row[];
}

const ROWS = 12;

/** Names and how many events of each were left out, most first. */
function LeftOutPanel({ query, title, rule, none, of }: LeftOutPanelProps) {
  return (
    <Panel title={title} rule={rule}>
      <QueryBody
        query={query}
        name={title}
        skeleton={<RowSkeleton rows={3} />}
        isEmpty={(found) => of(found).length === 0}
        empty={<Empty title={t("None in these days")}>{none}</Empty>}
      >
        {(found) => (
          <ul className="space-y-1">
            {of(found)
              .slice(0, ROWS)
              .map(({ label, full, events }) => (
                <BarRow
                  key={full}
                  label={<span title={full}>{label}</span>}
                  value={formatCount(events)}
                  fill={(100 * events) / found.events}
                  color="var(--cat-7)"
                />
              ))}
          </ul>
        )}
      </QueryBody>
    </Panel>
  );
}

export function LeftOutAgents({ query }: { query: UseQueryResult<Quarantine> }) {
  return (
    <LeftOutPanel
      query={query}
      title={t("Bots that came by")}
      rule={t(
        "What the programs called themselves, with the events that were left out because of it.",
      )}
      none={t("No program that calls itself a bot has been here.")}
      of={({ agents }) =>
        agents
          .filter(({ reason }) => reason === "bot")
          .map(({ user_agent, events }) => ({
            label: agentName(user_agent ?? t("Without a name")),
            full: user_agent ?? "",
            events,
          }))
      }
    />
  );
}

export function LeftOutHosts({ query }: { query: UseQueryResult<Quarantine> }) {
  return (
    <LeftOutPanel
      query={query}
      title={reasonName("excluded_host")}
      rule={t("Hosts that this website's settings leave out, with the events that came from them.")}
      none={t("Everything came from hosts that count.")}
      of={({ hosts }) =>
        hosts.map(({ hostname, events }) => ({ label: hostname, full: hostname, events }))
      }
    />
  );
}
