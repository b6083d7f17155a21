import { useNavigate, useParams } from "react-router";
import type { SiteSettings } from "@/api/types";
import { SiteAccess } from "@/features/people/SiteAccess";
import { ShareLinks } from "@/features/shares/ShareLinks";
import { ChangeKey } from "@/features/sites/ChangeKey";
import { DeleteSite } from "@/features/sites/DeleteSite";
import { SiteSettingsForm } from "@/features/sites/SiteSettingsForm";
import { TransferSite } from "@/features/sites/TransferSite";
import { t } from "@/lib/i18n";
import { SettingsFrame } from "./SettingsFrame";
import { SitePage } from "./SitePage";
import { useAccount } from "./useAccount";
import { useHashTarget } from "./useHashTarget";

const SKELETON = <div className="skeleton h-120 rounded-card" />;

function Settings({ site }: { site: SiteSettings }) {
  const navigate = useNavigate();
  const account = useAccount();
  const leave = () => navigate("/sites");
  useHashTarget();
  if (site.role === "viewer") {
    return (
      <p className="text-ink-2">
        {t(
          "{{name}} is shared with you to look at. Its settings are changed by its owner and editors.",
          { name: site.name },
        )}
      </p>
    );
  }
  return (
    <div className="space-y-3">
      <SiteSettingsForm site={site} />
      <ShareLinks site={site} />
      <ChangeKey site={site} />
      {site.role === "owner" && account && (
        <>
          <SiteAccess site={site} account={account} />
          <TransferSite site={site} onTransferred={leave} />
          <DeleteSite site={site} onDeleted={leave} />
        </>
      )}
    </div>
  );
}

export function SettingsPage() {
  const { siteId = "" } = useParams();
  return (
    <SettingsFrame title={t("Settings")} siteId={siteId}>
      <SitePage skeleton={SKELETON}>
        {(site) => <Settings key={site.site_id} site={site} />}
      </SitePage>
    </SettingsFrame>
  );
}
