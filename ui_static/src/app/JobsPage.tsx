import { JobsView } from "@/features/jobs/JobsView";
import { t } from "@/lib/i18n";
import { OwnersPage } from "./OwnersPage";

export function JobsPage() {
  return (
    <OwnersPage
      title={t("Jobs")}
      intro={t(
        "What Analytiq does by itself, one after the other. Each job does all that is due and is safe to run twice; what fails is tried again at its next time.",
      )}
    >
      {() => <JobsView />}
    </OwnersPage>
  );
}
