import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { FormProblem } from "@/components/FormProblem";
import { t } from "@/lib/i18n";

interface CodeFormProps {
  error: Error | null;
  pending: boolean;
  onCode: (code: string) => void;
  onBack: () => void;
}

/** The second step at sign-in. */
export function CodeForm({ error, pending, onCode, onBack }: CodeFormProps) {
  const [code, setCode] = useState("");
  const field = useRef<HTMLInputElement>(null);
  // Who has typed the password wants to go on typing.
  useEffect(() => field.current?.focus(), []);

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    onCode(code);
    setCode("");
  }

  return (
    <form onSubmit={onSubmit} className="space-y-4">
      <FormProblem error={error} fields={[]} />
      <TextField
        ref={field}
        label={t("Code")}
        hint={t("The six digits that your authenticator app shows, or a recovery code.")}
        required
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button look="primary" type="submit" className="w-full" disabled={pending}>
        {t("Sign in")}
      </Button>
      <Button look="quiet" className="w-full" onClick={onBack}>
        {t("Use another account")}
      </Button>
    </form>
  );
}
