import { RetentionView } from "@/features/settings/RetentionView";
import { t } from "@/lib/i18n";
import { OwnersOnly } from "./OwnersOnly";
import { SettingsFrame } from "./SettingsFrame";
import { useAccount } from "./useAccount";

export function RetentionPage() {
  const account = useAccount();
  if (account?.role !== "owner") {
    return (
      <SettingsFrame title={t("Retention")}>
        <OwnersOnly />
      </SettingsFrame>
    );
  }
  return (
    <SettingsFrame title={t("Retention")}>
      <h1 className="mb-4 text-20 font-semibold">{t("Retention")}</h1>
      <RetentionView />
    </SettingsFrame>
  );
}
