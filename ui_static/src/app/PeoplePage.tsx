import { PeopleView } from "@/features/people/PeopleView";
import { t } from "@/lib/i18n";
import { OwnersPage } from "./OwnersPage";

export function PeoplePage() {
  return (
    <OwnersPage
      title={t("People")}
      intro={t(
        "Everybody with an account here. Websites belong to whoever added them: you see only your own and those shared with you.",
      )}
    >
      {(account) => <PeopleView account={account} />}
    </OwnersPage>
  );
}
