import { WebhookView } from "@/features/webhook/WebhookView";
import { t } from "@/lib/i18n";
import { OwnersPage } from "./OwnersPage";

export function WebhookPage() {
  return (
    <OwnersPage
      title={t("Webhook")}
      intro={t(
        "When one of your websites falls silent, or has many more visits than usual, Analytiq posts it as JSON to a program of yours: to the address that you name here, and to nobody else.",
      )}
    >
      {() => <WebhookView />}
    </OwnersPage>
  );
}
