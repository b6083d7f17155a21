import { useParams } from "react-router";
import { ImportView } from "@/features/imports/ImportView";
import { t } from "@/lib/i18n";
import { SettingsFrame } from "./SettingsFrame";
import { SitePage } from "./SitePage";

const SKELETON = <div className="skeleton h-80 rounded-card" />;

export function ImportPage() {
  const { siteId = "" } = useParams();
  return (
    <SettingsFrame title={t("Import")} siteId={siteId}>
      <SitePage skeleton={SKELETON}>
        {(site) => <ImportView key={site.site_id} site={site} />}
      </SitePage>
    </SettingsFrame>
  );
}
