import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { acceptInvitation } from "@/api/acceptInvitation";
import { startSession } from "@/api/session";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { t } from "@/lib/i18n";

interface AcceptFormProps {
  token: string;
  /** Whose invitation it is; null: anybody's. */
  email: string | null;
  onAccepted: () => void;
}

const FIELDS = ["name", "email", "password"];

/** Makes an account by an invitation. */
export function AcceptForm({ token, email, onAccepted }: AcceptFormProps) {
  const client = useQueryClient();
  const [typed, setTyped] = useState({ name: "", email: email ?? "", password: "" });
  const acceptance = useMutation({
    mutationFn: acceptInvitation,
    onSuccess: ({ user }) => {
      startSession(client, user);
      onAccepted();
    },
  });

  function field(name: keyof typeof typed) {
    return {
      value: typed[name],
      error: fieldError(acceptance.error, name),
      onChange: (event: { target: { value: string } }) =>
        setTyped((before) => ({ ...before, [name]: event.target.value })),
    };
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    acceptance.mutate({ ...typed, token, name: typed.name.trim(), email: typed.email.trim() });
  }

  return (
    <form noValidate onSubmit={onSubmit} className="space-y-4">
      <FormProblem error={acceptance.error} fields={FIELDS} />
      <TextField
        label={t("Your name")}
        hint={t("Optional.")}
        autoComplete="name"
        {...field("name")}
      />
      <TextField
        label={t("Email")}
        type="email"
        autoComplete="email"
        readOnly={email !== null}
        {...field("email")}
      />
      <TextField
        label={t("Password")}
        type="password"
        hint={t("At least {{least}} characters.", { least: 8 })}
        autoComplete="new-password"
        {...field("password")}
      />
      <Button look="primary" type="submit" className="w-full" disabled={acceptance.isPending}>
        {t("Create account")}
      </Button>
    </form>
  );
}
