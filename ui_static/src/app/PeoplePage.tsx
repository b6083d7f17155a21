import { PeopleView } from "@/features/people/PeopleView";
import { AppFrame } from "./AppFrame";
import { OwnersOnly } from "./OwnersOnly";
import { useAccount } from "./useAccount";

export function PeoplePage() {
  const account = useAccount();
  return (
    <AppFrame>
      <title>People · Analytiq</title>
      <div className="max-w-180">
        {account?.role === "owner" ? <PeopleView account={account} /> : <OwnersOnly />}
      </div>
    </AppFrame>
  );
}
