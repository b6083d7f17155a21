import type { UseQueryResult } from "@tanstack/react-query";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { topPagesQuery } from "@/api/getTopPages";
import type { SiteAccess } from "@/api/sitePath";
import type { Report } from "@/api/types";
import { NewReturningPanel } from "@/features/dashboard/NewReturningPanel";
import { SharesPanel } from "@/features/dashboard/SharesPanel";
import { SourcesPanel } from "@/features/dashboard/SourcesPanel";
import { TopPagesPanel } from "@/features/dashboard/TopPagesPanel";
import type { View } from "@/lib/view";

interface SitePanelsProps {
  access: SiteAccess;
  view: View;
  report: UseQueryResult<Report>;
  /** What happens right now, among the panels. */
  livePanel: ReactNode;
}

const BY_FIRST_EVENT = "of visits that began in these days, by the visit's first event.";

/** What stands below the chart: where visits came from, what they looked at, and with what. */
export function SitePanels({ access, view, report, livePanel }: SitePanelsProps) {
  const pages = useQuery(topPagesQuery(access, view));
  return (
    <div className="mt-3 grid grid-cols-1 gap-3 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-3">
        <SourcesPanel query={report} />
        {livePanel}
      </div>
      <TopPagesPanel query={pages} />
      <div className="grid min-w-0 gap-3 md:grid-cols-3 lg:col-span-2">
        <SharesPanel
          query={report}
          title="Browsers"
          rule={`Share ${BY_FIRST_EVENT}`}
          of={({ browsers }) => browsers}
        />
        <SharesPanel
          query={report}
          title="Operating systems"
          rule={`Share ${BY_FIRST_EVENT}`}
          of={({ operating_systems }) => operating_systems}
        />
        <NewReturningPanel query={report} />
      </div>
    </div>
  );
}
