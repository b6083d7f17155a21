import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { changePassword } from "@/api/changePassword";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { t } from "@/lib/i18n";

const EMPTY = { current_password: "", new_password: "" };

export function PasswordForm() {
  const [typed, setTyped] = useState(EMPTY);
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: () => setTyped(EMPTY),
  });

  function field(name: keyof typeof EMPTY) {
    return {
      type: "password",
      value: typed[name],
      error: fieldError(change.error, name),
      onChange: (event: { target: { value: string } }) =>
        setTyped((before) => ({ ...before, [name]: event.target.value })),
    };
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    change.mutate(typed);
  }

  return (
    <Card title={t("Password")} id="password">
      <form noValidate onSubmit={onSubmit} className="space-y-4">
        <FormProblem error={change.error} fields={Object.keys(EMPTY)} />
        <TextField
          label={t("Current password")}
          autoComplete="current-password"
          {...field("current_password")}
        />
        <TextField
          label={t("New password")}
          autoComplete="new-password"
          hint={t(
            "At least 8 characters. You stay signed in here and are signed out everywhere else.",
          )}
          {...field("new_password")}
        />
        <Button look="primary" type="submit" disabled={change.isPending}>
          {t("Change password")}
        </Button>
        {change.isSuccess && (
          <p role="status" className="text-live">
            {t("Your password is changed. Every other browser was signed out.")}
          </p>
        )}
      </form>
    </Card>
  );
}
