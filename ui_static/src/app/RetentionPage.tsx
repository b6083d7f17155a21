import { RetentionView } from "@/features/settings/RetentionView";
import { OwnersOnly } from "./OwnersOnly";
import { SettingsFrame } from "./SettingsFrame";
import { useAccount } from "./useAccount";

export function RetentionPage() {
  const account = useAccount();
  if (account?.role !== "owner") {
    return (
      <SettingsFrame title="Retention">
        <OwnersOnly />
      </SettingsFrame>
    );
  }
  return (
    <SettingsFrame title="Retention">
      <h1 className="mb-4 text-20 font-semibold">Retention</h1>
      <RetentionView />
    </SettingsFrame>
  );
}
