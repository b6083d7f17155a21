import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { setupQuery } from "@/api/getSetup";
import { startSession } from "@/api/session";
import { type SignupFields, signup } from "@/api/signup";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { t } from "@/lib/i18n";

const PASSWORD_MIN = 8;
const FIELDS = ["name", "email", "password", "setup_code"];
const EMPTY = { name: "", email: "", password: "", setup_code: "" };

function toFields(typed: typeof EMPTY, withCode: boolean): SignupFields {
  const fields: SignupFields = { email: typed.email.trim(), password: typed.password };
  if (typed.name.trim()) fields.name = typed.name.trim();
  if (withCode) fields.setup_code = typed.setup_code.trim();
  return fields;
}

/** Makes an account and signs it in. */
export function SignupForm({ setupCodeRequired }: { setupCodeRequired: boolean }) {
  const client = useQueryClient();
  const [typed, setTyped] = useState(EMPTY);
  const creation = useMutation({
    mutationFn: signup,
    onSuccess: async ({ user }) => {
      startSession(client, user);
      await client.invalidateQueries({ queryKey: setupQuery.queryKey });
    },
  });

  function field(name: keyof typeof EMPTY) {
    return {
      name,
      value: typed[name],
      error: fieldError(creation.error, name),
      onChange: (event: { target: { value: string } }) =>
        setTyped((before) => ({ ...before, [name]: event.target.value })),
    };
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    creation.mutate(toFields(typed, setupCodeRequired));
  }

  return (
    <form onSubmit={onSubmit} className="space-y-4">
      <FormProblem error={creation.error} fields={FIELDS} />
      <TextField
        label={t("Your name")}
        hint={t("Optional.")}
        autoComplete="name"
        {...field("name")}
      />
      <TextField
        label={t("Email")}
        type="email"
        required
        autoComplete="email"
        {...field("email")}
      />
      <TextField
        label={t("Password")}
        type="password"
        required
        minLength={PASSWORD_MIN}
        hint={t("At least {{least}} characters.", { least: PASSWORD_MIN })}
        autoComplete="new-password"
        {...field("password")}
      />
      {setupCodeRequired && (
        <TextField
          label={t("Setup code")}
          required
          hint={t(
            "You opened this page from another device. The code stands in Analytiq's window and in its log, on the machine where it runs.",
          )}
          autoComplete="off"
          spellCheck={false}
          {...field("setup_code")}
        />
      )}
      <Button look="primary" type="submit" className="w-full" disabled={creation.isPending}>
        {t("Create account")}
      </Button>
    </form>
  );
}
