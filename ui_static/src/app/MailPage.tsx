import { MailView } from "@/features/mail/MailView";
import { t } from "@/lib/i18n";
import { OwnersPage } from "./OwnersPage";

export function MailPage() {
  return (
    <OwnersPage
      title={t("E-mail")}
      intro={t(
        "When a website falls silent, or has many more visits than usual, its owner gets an e-mail: through the mail server that you name here, and through nobody else's.",
      )}
    >
      {() => <MailView />}
    </OwnersPage>
  );
}
