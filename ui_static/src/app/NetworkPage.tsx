import { NetworkView } from "@/features/settings/NetworkView";
import { t } from "@/lib/i18n";
import { OwnersPage } from "./OwnersPage";

export function NetworkPage() {
  return <OwnersPage title={t("Network address")}>{() => <NetworkView />}</OwnersPage>;
}
