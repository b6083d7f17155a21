import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { accountQuery } from "@/api/getMe";
import type { Account } from "@/api/types";
import { updateMe } from "@/api/updateMe";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { t } from "@/lib/i18n";

export function NameForm({ account }: { account: Account }) {
  const client = useQueryClient();
  const [name, setName] = useState(account.name);
  const saving = useMutation({
    mutationFn: updateMe,
    onSuccess: (user) => client.setQueryData(accountQuery.queryKey, user),
  });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    saving.mutate({ name: name.trim() });
  }

  return (
    <Card title={t("You")} id="profile">
      <form noValidate onSubmit={onSubmit} className="space-y-4">
        <FormProblem error={saving.error} fields={["name"]} />
        <TextField
          label={t("Your name")}
          hint={t("You sign in as {{email}}.", { email: account.email })}
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={fieldError(saving.error, "name")}
        />
        <Button look="primary" type="submit" disabled={saving.isPending}>
          {t("Save name")}
        </Button>
        {saving.isSuccess && (
          <p role="status" className="text-live">
            {t("Saved.")}
          </p>
        )}
      </form>
    </Card>
  );
}
