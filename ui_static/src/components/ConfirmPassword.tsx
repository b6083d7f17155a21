import { type FormEvent, useState } from "react";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { t } from "@/lib/i18n";

interface ConfirmPasswordProps {
  /** What happens then, as the button says it. */
  action: string;
  error: Error | null;
  pending: boolean;
  onConfirm: (password: string) => void;
  onCancel?: () => void;
}

/** Asks whoever sits at the screen for the password, before something is changed that only its owner may change. */
export function ConfirmPassword({
  action,
  error,
  pending,
  onConfirm,
  onCancel,
}: ConfirmPasswordProps) {
  const [password, setPassword] = useState("");

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    onConfirm(password);
  }

  return (
    <form noValidate onSubmit={onSubmit} className="space-y-4">
      <FormProblem error={error} fields={["current_password"]} />
      <TextField
        label={t("Your password")}
        type="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={fieldError(error, "current_password")}
      />
      <div className="flex flex-wrap gap-3">
        <Button look="primary" type="submit" disabled={pending || password === ""}>
          {action}
        </Button>
        {onCancel && <Button onClick={onCancel}>{t("Cancel")}</Button>}
      </div>
    </form>
  );
}
