import { useParams } from "react-router";
import { ArrivedView } from "@/features/ledger/ArrivedView";
import { t } from "@/lib/i18n";
import { AppFrame } from "./AppFrame";
import { SitePage } from "./SitePage";

const SKELETON = (
  <>
    <div className="skeleton mb-4 h-9 w-64" />
    <div className="skeleton h-80 rounded-card" />
  </>
);

export function ArrivedPage() {
  const { siteId = "" } = useParams();
  return (
    <AppFrame siteId={siteId}>
      <title>{`${t("What arrived")} · Analytiq`}</title>
      <SitePage skeleton={SKELETON}>
        {(site) => <ArrivedView key={site.site_id} site={site} />}
      </SitePage>
    </AppFrame>
  );
}
