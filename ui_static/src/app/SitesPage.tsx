import { SitesGrid } from "@/features/sites/SitesGrid";
import { t } from "@/lib/i18n";
import { AppFrame } from "./AppFrame";
import { useAccount } from "./useAccount";

export function SitesPage() {
  const account = useAccount();
  return (
    <AppFrame>
      <title>{`${t("Your websites")} · Analytiq`}</title>
      <SitesGrid account={account} />
    </AppFrame>
  );
}
