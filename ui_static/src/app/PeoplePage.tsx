import { PeopleView } from "@/features/people/PeopleView";
import { t } from "@/lib/i18n";
import { OwnersOnly } from "./OwnersOnly";
import { SettingsFrame } from "./SettingsFrame";
import { useAccount } from "./useAccount";

export function PeoplePage() {
  const account = useAccount();
  return (
    <SettingsFrame title={t("People")}>
      {account?.role === "owner" ? <PeopleView account={account} /> : <OwnersOnly />}
    </SettingsFrame>
  );
}
