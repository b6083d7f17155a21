import { useNavigate, useParams } from "react-router";
import { ShareLinks } from "@/features/shares/ShareLinks";
import { ChangeKey } from "@/features/sites/ChangeKey";
import { DeleteSite } from "@/features/sites/DeleteSite";
import { SiteSettingsForm } from "@/features/sites/SiteSettingsForm";
import { AppFrame } from "./AppFrame";
import { SitePage } from "./SitePage";

const SKELETON = <div className="skeleton h-120 rounded-card" />;

export function SettingsPage() {
  const { siteId = "" } = useParams();
  const navigate = useNavigate();
  return (
    <AppFrame siteId={siteId}>
      <title>Settings · Analytiq</title>
      <div className="max-w-180">
        <h1 className="mb-4 text-20 font-semibold">Settings</h1>
        <SitePage skeleton={SKELETON}>
          {(site) => (
            <div key={site.site_id} className="space-y-3">
              <SiteSettingsForm site={site} />
              <ShareLinks site={site} />
              <ChangeKey site={site} />
              <DeleteSite site={site} onDeleted={() => navigate("/sites")} />
            </div>
          )}
        </SitePage>
      </div>
    </AppFrame>
  );
}
