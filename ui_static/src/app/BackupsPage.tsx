import { BackupsView } from "@/features/backups/BackupsView";
import { t } from "@/lib/i18n";
import { OwnersPage } from "./OwnersPage";

export function BackupsPage() {
  return (
    <OwnersPage
      title={t("Backups")}
      intro={t(
        "A copy of everything is made every night and read through before it counts: seven days, four weeks and twelve months are kept. Keep some on another disk, too.",
      )}
    >
      {() => <BackupsView />}
    </OwnersPage>
  );
}
