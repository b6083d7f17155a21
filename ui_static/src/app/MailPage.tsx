import { MailReportsCard } from "@/features/mail/MailReportsCard";
import { MailView } from "@/features/mail/MailView";
import { t } from "@/lib/i18n";
import { SettingsFrame } from "./SettingsFrame";
import { useAccount } from "./useAccount";

/** For owners the mail server; for everybody their own websites' numbers. */
export function MailPage() {
  const isOwner = useAccount()?.role === "owner";
  const intro = t(
    "When a website falls silent, or has many more visits than usual, its owner gets an e-mail: through the mail server that you name here, and through nobody else's.",
  );
  return (
    <SettingsFrame title={t("E-mail")} {...(isOwner ? { intro } : {})}>
      <div className="space-y-3">
        {isOwner && <MailView />}
        <MailReportsCard />
      </div>
    </SettingsFrame>
  );
}
