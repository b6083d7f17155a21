import { NetworkView } from "@/features/settings/NetworkView";
import { t } from "@/lib/i18n";
import { OwnersOnly } from "./OwnersOnly";
import { SettingsFrame } from "./SettingsFrame";
import { useAccount } from "./useAccount";

export function NetworkPage() {
  const account = useAccount();
  if (account?.role !== "owner") {
    return (
      <SettingsFrame title={t("Network address")}>
        <OwnersOnly />
      </SettingsFrame>
    );
  }
  return (
    <SettingsFrame title={t("Network address")}>
      <h1 className="mb-4 text-20 font-semibold">{t("Network address")}</h1>
      <NetworkView />
    </SettingsFrame>
  );
}
