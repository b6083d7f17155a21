import { AuditView } from "@/features/audit/AuditView";
import { t } from "@/lib/i18n";
import { OwnersOnly } from "./OwnersOnly";
import { SettingsFrame } from "./SettingsFrame";
import { useAccount } from "./useAccount";

export function AuditPage() {
  const account = useAccount();
  return (
    <SettingsFrame title={t("Audit log")} width="max-w-240">
      {account?.role === "owner" ? <AuditView /> : <OwnersOnly />}
    </SettingsFrame>
  );
}
