import { useMutation, useQueryClient } from "@tanstack/react-query";
import { accountQuery } from "@/api/getMe";
import { joinInvitation } from "@/api/joinInvitation";
import { logout } from "@/api/logout";
import { endSession } from "@/api/session";
import type { Account } from "@/api/types";
import { Button } from "@/components/Button";
import { FormProblem } from "@/components/FormProblem";

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
      <p className="text-ink-2">You are signed in as {account.email}.</p>
      <Button
        look="primary"
        className="w-full"
        disabled={joining.isPending}
        onClick={() => joining.mutate()}
      >
        Accept with this account
      </Button>
      <Button className="w-full" disabled={leaving.isPending} onClick={() => leaving.mutate()}>
        Sign out and make another account
      </Button>
    </div>
  );
}
