import { AppearanceView } from "@/features/settings/AppearanceView";
import { t } from "@/lib/i18n";
import { SettingsFrame } from "./SettingsFrame";

export function AppearancePage() {
  return (
    <SettingsFrame title={t("Appearance")}>
      <AppearanceView />
    </SettingsFrame>
  );
}
