import { useParams } from "react-router";
import { GoalsView } from "@/features/goals/GoalsView";
import { t } from "@/lib/i18n";
import { SettingsFrame } from "./SettingsFrame";
import { SitePage } from "./SitePage";

const SKELETON = <div className="skeleton h-80 rounded-card" />;

export function GoalsPage() {
  const { siteId = "" } = useParams();
  return (
    <SettingsFrame title={t("Goals")} siteId={siteId}>
      <SitePage skeleton={SKELETON}>
        {(site) => <GoalsView key={site.site_id} site={site} mayChange={site.role !== "viewer"} />}
      </SitePage>
    </SettingsFrame>
  );
}
