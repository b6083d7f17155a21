import { CheckupView } from "@/features/checkup/CheckupView";
import { t } from "@/lib/i18n";
import { OwnersOnly } from "./OwnersOnly";
import { SettingsFrame } from "./SettingsFrame";
import { useAccount } from "./useAccount";

export function CheckupPage() {
  const account = useAccount();
  return (
    <SettingsFrame title={t("Check-up")}>
      {account?.role === "owner" ? <CheckupView /> : <OwnersOnly />}
    </SettingsFrame>
  );
}
