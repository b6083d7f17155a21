import { useQuery } from "@tanstack/react-query";
import { useLocation, useParams } from "react-router";
import { siteStatusQuery } from "@/api/getSiteStatus";
import type { Site } from "@/api/types";
import { useLive } from "@/features/live/useLive";
import { AddressesCard } from "@/features/settings/AddressesCard";
import { LookAround } from "@/features/sites/LookAround";
import { SnippetView } from "@/features/sites/SnippetView";
import { t } from "@/lib/i18n";
import { AppFrame } from "./AppFrame";
import { FirstRunSteps } from "./FirstRunSteps";
import { SitePage } from "./SitePage";

const SKELETON = <div className="skeleton h-80" />;

function LiveSnippet({ site }: { site: Site }) {
  const live = useLive(site);
  return <SnippetView site={site} events={live.recent} />;
}

/** A website's code; for the account's first website the last of the three first steps. */
export function SnippetPage() {
  const { siteId = "" } = useParams();
  const { state } = useLocation();
  const firstSite = (state as { firstSite?: boolean } | null)?.firstSite === true;
  const status = useQuery({ ...siteStatusQuery(siteId), enabled: firstSite });
  const view = (
    <SitePage skeleton={SKELETON}>
      {(site) => <LiveSnippet key={site.site_id} site={site} />}
    </SitePage>
  );
  if (firstSite) {
    return (
      <FirstRunSteps step={3} arrived={typeof status.data?.first_event_at === "string"}>
        <div className="space-y-6">
          {view}
          <AddressesCard />
          <LookAround />
        </div>
      </FirstRunSteps>
    );
  }
  return (
    <AppFrame siteId={siteId}>
      <title>{`${t("Snippet")} · Analytiq`}</title>
      <div className="max-w-180">
        <h1 className="mb-6 text-20 font-semibold">{t("Put in the snippet")}</h1>
        {view}
      </div>
    </AppFrame>
  );
}
