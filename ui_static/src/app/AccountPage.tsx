import { ApiKeysCard } from "@/features/account/ApiKeysCard";
import { SessionsCard } from "@/features/account/SessionsCard";
import { TwoFactorCard } from "@/features/account/TwoFactorCard";
import { NameForm } from "@/features/auth/NameForm";
import { PasswordForm } from "@/features/auth/PasswordForm";
import { t } from "@/lib/i18n";
import { SettingsFrame } from "./SettingsFrame";
import { useAccount } from "./useAccount";
import { useHashTarget } from "./useHashTarget";

export function AccountPage() {
  const account = useAccount();
  useHashTarget();
  return (
    <SettingsFrame title={t("Account")}>
      <div className="space-y-3">
        {account && <NameForm key={account.id} account={account} />}
        <PasswordForm />
        <TwoFactorCard />
        <SessionsCard />
        <ApiKeysCard />
      </div>
    </SettingsFrame>
  );
}
