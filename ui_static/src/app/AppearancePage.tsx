import { AppearanceView } from "@/features/settings/AppearanceView";
import { SettingsFrame } from "./SettingsFrame";

export function AppearancePage() {
  return (
    <SettingsFrame title="Appearance">
      <h1 className="mb-4 text-20 font-semibold">Appearance</h1>
      <AppearanceView />
    </SettingsFrame>
  );
}
