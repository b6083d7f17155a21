import { JobsView } from "@/features/jobs/JobsView";
import { t } from "@/lib/i18n";
import { OwnersOnly } from "./OwnersOnly";
import { SettingsFrame } from "./SettingsFrame";
import { useAccount } from "./useAccount";

export function JobsPage() {
  const account = useAccount();
  return (
    <SettingsFrame title={t("Jobs")}>
      {account?.role === "owner" ? <JobsView /> : <OwnersOnly />}
    </SettingsFrame>
  );
}
