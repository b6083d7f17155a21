import { AuditView } from "@/features/audit/AuditView";
import { AppFrame } from "./AppFrame";
import { OwnersOnly } from "./OwnersOnly";
import { useAccount } from "./useAccount";

export function AuditPage() {
  const account = useAccount();
  return (
    <AppFrame>
      <title>Audit log · Analytiq</title>
      <div className="max-w-240">{account?.role === "owner" ? <AuditView /> : <OwnersOnly />}</div>
    </AppFrame>
  );
}
