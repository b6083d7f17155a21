import { CheckupView } from "@/features/checkup/CheckupView";
import { t } from "@/lib/i18n";
import { OwnersPage } from "./OwnersPage";

export function CheckupPage() {
  return (
    <OwnersPage
      title={t("Check-up")}
      intro={t("How each part of Analytiq is, what that means for your numbers, and what to do.")}
    >
      {() => <CheckupView />}
    </OwnersPage>
  );
}
