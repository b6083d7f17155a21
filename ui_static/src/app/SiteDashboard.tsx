import { useParams } from "react-router";
import type { SiteSettings } from "@/api/types";
import { DashboardPage } from "@/features/dashboard/DashboardPage";
import { ExportMenu } from "@/features/export/ExportMenu";
import { LivePanel } from "@/features/live/LivePanel";
import { LivePill } from "@/features/live/LivePill";
import { useLive } from "@/features/live/useLive";
import { AppFrame } from "./AppFrame";
import { SitePage } from "./SitePage";
import { SitePanels } from "./SitePanels";

function LiveDashboard({ site }: { site: SiteSettings }) {
  const live = useLive(site);
  return (
    <DashboardPage
      site={site}
      factsSince={site.facts_since}
      actions={(view) => <ExportMenu site={site} view={view} />}
      livePill={<LivePill site={site} live={live} />}
      panels={(shown) => (
        <SitePanels {...shown} livePanel={<LivePanel site={site} live={live} />} />
      )}
    />
  );
}

const SKELETON = (
  <>
    <div className="skeleton mb-3 h-9 w-64" />
    <div className="skeleton h-120 rounded-card" />
  </>
);

export function SiteDashboard() {
  const { siteId = "" } = useParams();
  return (
    <AppFrame siteId={siteId}>
      <SitePage skeleton={SKELETON}>
        {/* A key, so that another site starts afresh and never shows this one's numbers. */}
        {(site) => <LiveDashboard key={site.site_id} site={site} />}
      </SitePage>
    </AppFrame>
  );
}
