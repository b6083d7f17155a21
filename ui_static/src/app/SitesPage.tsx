import { SitesGrid } from "@/features/sites/SitesGrid";
import { AppFrame } from "./AppFrame";
import { useAccount } from "./useAccount";

export function SitesPage() {
  const account = useAccount();
  return (
    <AppFrame>
      <title>Your websites · Analytiq</title>
      <SitesGrid account={account} />
    </AppFrame>
  );
}
