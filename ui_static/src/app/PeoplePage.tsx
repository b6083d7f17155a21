import { PeopleView } from "@/features/people/PeopleView";
import { OwnersOnly } from "./OwnersOnly";
import { SettingsFrame } from "./SettingsFrame";
import { useAccount } from "./useAccount";

export function PeoplePage() {
  const account = useAccount();
  return (
    <SettingsFrame title="People">
      {account?.role === "owner" ? <PeopleView account={account} /> : <OwnersOnly />}
    </SettingsFrame>
  );
}
