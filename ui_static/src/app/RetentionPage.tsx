import { RetentionView } from "@/features/settings/RetentionView";
import { t } from "@/lib/i18n";
import { OwnersPage } from "./OwnersPage";

export function RetentionPage() {
  return <OwnersPage title={t("Retention")}>{() => <RetentionView />}</OwnersPage>;
}
