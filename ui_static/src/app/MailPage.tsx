import { MailView } from "@/features/mail/MailView";
import { t } from "@/lib/i18n";
import { OwnersOnly } from "./OwnersOnly";
import { SettingsFrame } from "./SettingsFrame";
import { useAccount } from "./useAccount";

export function MailPage() {
  const account = useAccount();
  return (
    <SettingsFrame title={t("E-mail")}>
      {account?.role === "owner" ? <MailView /> : <OwnersOnly />}
    </SettingsFrame>
  );
}
