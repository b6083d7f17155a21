import { WebhookView } from "@/features/webhook/WebhookView";
import { t } from "@/lib/i18n";
import { OwnersOnly } from "./OwnersOnly";
import { SettingsFrame } from "./SettingsFrame";
import { useAccount } from "./useAccount";

export function WebhookPage() {
  const account = useAccount();
  return (
    <SettingsFrame title={t("Webhook")}>
      {account?.role === "owner" ? <WebhookView /> : <OwnersOnly />}
    </SettingsFrame>
  );
}
