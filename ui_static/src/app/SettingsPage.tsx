import { useParams } from "react-router";
import { SiteSettingsForm } from "@/features/sites/SiteSettingsForm";
import { AppFrame } from "./AppFrame";
import { SitePage } from "./SitePage";

const SKELETON = <div className="skeleton h-120 rounded-card" />;

export function SettingsPage() {
  const { siteId = "" } = useParams();
  return (
    <AppFrame siteId={siteId}>
      <title>Settings · Analytiq</title>
      <div className="max-w-180">
        <h1 className="mb-4 text-20 font-semibold">Settings</h1>
        <SitePage skeleton={SKELETON}>
          {(site) => <SiteSettingsForm key={site.site_id} site={site} />}
        </SitePage>
      </div>
    </AppFrame>
  );
}
