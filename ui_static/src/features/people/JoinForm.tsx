import { useMutation, useQueryClient } from "@tanstack/react-query";
import { accountQuery } from "@/api/getMe";
import { joinInvitation } from "@/api/joinInvitation";
import { logout } from "@/api/logout";
import { endSession } from "@/api/session";
import type { Account } from "@/api/types";
import { Button } from "@/components/Button";
import { FormProblem } from "@/components/FormProblem";
import { t } from "@/lib/i18n";

interface JoinFormProps {
  token: string;
  account: Account;
  onAccepted: () => void;
}

/** Accepts an invitation with the account that is signed in. */
export function JoinForm({ token, account, onAccepted }: JoinFormProps) {
  const client = useQueryClient();
  const joining = useMutation({
    mutationFn: () => joinInvitation(token),
    onSuccess: async (user) => {
      client.setQueryData(accountQuery.queryKey, user);
      await client.invalidateQueries({ queryKey: ["sites"] });
      onAccepted();
    },
  });
  const leaving = useMutation({ mutationFn: logout, onSuccess: () => endSession(client) });
  return (
    <div className="space-y-3">
      <FormProblem error={joining.error ?? leaving.error} fields={[]} />
      <p className="text-ink-2">{t("You are signed in as {{email}}.", { email: account.email })}</p>
      <Button
        look="primary"
        className="w-full"
        disabled={joining.isPending}
        onClick={() => joining.mutate()}
      >
        {t("Accept with this account")}
      </Button>
      <Button className="w-full" disabled={leaving.isPending} onClick={() => leaving.mutate()}>
        {t("Sign out and make another account")}
      </Button>
    </div>
  );
}
