import { BackupsView } from "@/features/backups/BackupsView";
import { t } from "@/lib/i18n";
import { OwnersOnly } from "./OwnersOnly";
import { SettingsFrame } from "./SettingsFrame";
import { useAccount } from "./useAccount";

export function BackupsPage() {
  const account = useAccount();
  return (
    <SettingsFrame title={t("Backups")}>
      {account?.role === "owner" ? <BackupsView /> : <OwnersOnly />}
    </SettingsFrame>
  );
}
