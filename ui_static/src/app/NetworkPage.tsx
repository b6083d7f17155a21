import { NetworkView } from "@/features/settings/NetworkView";
import { OwnersOnly } from "./OwnersOnly";
import { SettingsFrame } from "./SettingsFrame";
import { useAccount } from "./useAccount";

export function NetworkPage() {
  const account = useAccount();
  if (account?.role !== "owner") {
    return (
      <SettingsFrame title="Network address">
        <OwnersOnly />
      </SettingsFrame>
    );
  }
  return (
    <SettingsFrame title="Network address">
      <h1 className="mb-4 text-20 font-semibold">Network address</h1>
      <NetworkView />
    </SettingsFrame>
  );
}
