import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { SiteAccess } from "@/api/sitePath";
import type { Report } from "@/api/types";
import { BreakdownBody } from "@/features/panels/BreakdownBody";
import { CampaignsBody } from "@/features/panels/CampaignsBody";
import { GoalsTable } from "@/features/panels/GoalsTable";
import {
  BROWSERS,
  CHANNELS,
  COUNTRIES,
  DEVICES,
  ENTRY_PAGES,
  EVENTS,
  EXIT_PAGES,
  type Kind,
  LANGUAGES,
  PAGES,
  PROPERTIES,
  REFERRERS,
  SCREENS,
  SOURCES,
  SYSTEMS,
} from "@/features/panels/kinds";
import { NewReturningPanel } from "@/features/panels/NewReturningPanel";
import { PagesTable } from "@/features/panels/PagesTable";
import { SpeedPanel } from "@/features/panels/SpeedPanel";
import { type PanelTab, TabbedPanel } from "@/features/panels/TabbedPanel";
import { t } from "@/lib/i18n";
import type { View } from "@/lib/view";

interface SitePanelsProps {
  access: SiteAccess;
  view: View;
  report: UseQueryResult<Report>;
  /** What happens right now, among the panels. */
  livePanel: ReactNode;
}

// The first of a column takes the room that is left.
const COLUMN = "flex min-w-0 flex-col gap-3 *:first:grow";

/** What stands below the chart: where visits came from, what they looked at, with what, and what came of it. */
export function SitePanels({ access, view, report, livePanel }: SitePanelsProps) {
  const shown = { access, view };
  const tab = (kind: Kind): PanelTab => ({
    name: kind.dimension,
    label: t(kind.label),
    rule: kind.rule(),
    body: <BreakdownBody {...shown} kind={kind} />,
  });
  const campaigns: PanelTab = {
    name: "campaigns",
    label: t("Campaigns"),
    rule: t(
      "Visits that began in these days, by what the address they came to says of its campaign; percent is of all these visits.",
    ),
    body: <CampaignsBody {...shown} />,
  };
  const pages: PanelTab = { ...tab(PAGES), body: <PagesTable {...shown} /> };
  const goals: PanelTab = {
    name: "goals",
    label: t("Goals"),
    rule: t(
      "How often each goal was reached in these days, and which share of the visitors reached it at least once.",
    ),
    body: <GoalsTable access={access} query={report} />,
  };
  return (
    <div className="mt-3 grid grid-cols-1 gap-3 lg:grid-cols-2">
      <div className={COLUMN}>
        <TabbedPanel
          title={t("Sources")}
          tabs={[{ ...tab(SOURCES), label: t("All") }, tab(CHANNELS), tab(REFERRERS), campaigns]}
        />
        <NewReturningPanel query={report} />
      </div>
      <TabbedPanel title={t("Pages")} tabs={[pages, tab(ENTRY_PAGES), tab(EXIT_PAGES)]} />
      <TabbedPanel title={t("Countries")} tabs={[tab(COUNTRIES)]} />
      <div className={COLUMN}>
        <TabbedPanel
          title={t("Technology")}
          tabs={[tab(BROWSERS), tab(SYSTEMS), tab(DEVICES), tab(SCREENS), tab(LANGUAGES)]}
        />
        <SpeedPanel {...shown} report={report} />
      </div>
      <div className="min-w-0 *:w-full">
        <TabbedPanel title={t("Goals and events")} tabs={[goals, tab(EVENTS), tab(PROPERTIES)]} />
      </div>
      <div className={COLUMN}>{livePanel}</div>
    </div>
  );
}
