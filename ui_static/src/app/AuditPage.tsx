import { AuditView } from "@/features/audit/AuditView";
import { t } from "@/lib/i18n";
import { OwnersPage } from "./OwnersPage";

export function AuditPage() {
  return (
    <OwnersPage
      title={t("Audit log")}
      intro={t(
        "Who signed in, and who changed what, as it was called at that moment. Entries are kept for two years. Your websites' visitors are not in here.",
      )}
    >
      {() => <AuditView />}
    </OwnersPage>
  );
}
