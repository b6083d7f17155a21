import { ApiKeysCard } from "@/features/account/ApiKeysCard";
import { SessionsCard } from "@/features/account/SessionsCard";
import { TwoFactorCard } from "@/features/account/TwoFactorCard";
import { NameForm } from "@/features/auth/NameForm";
import { PasswordForm } from "@/features/auth/PasswordForm";
import { AppFrame } from "./AppFrame";
import { useAccount } from "./useAccount";

export function AccountPage() {
  const account = useAccount();
  return (
    <AppFrame>
      <title>Account · Analytiq</title>
      <div className="max-w-140 space-y-3">
        <h1 className="mb-4 text-20 font-semibold">Account</h1>
        {account && <NameForm key={account.id} account={account} />}
        <PasswordForm />
        <TwoFactorCard />
        <SessionsCard />
        <ApiKeysCard />
      </div>
    </AppFrame>
  );
}
