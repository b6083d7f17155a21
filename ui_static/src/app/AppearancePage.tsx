import { AppearanceView } from "@/features/settings/AppearanceView";
import { t } from "@/lib/i18n";
import { SettingsFrame } from "./SettingsFrame";

export function AppearancePage() {
  return (
    <SettingsFrame title={t("Appearance")}>
      <h1 className="mb-4 text-20 font-semibold">{t("Appearance")}</h1>
      <AppearanceView />
    </SettingsFrame>
  );
}
