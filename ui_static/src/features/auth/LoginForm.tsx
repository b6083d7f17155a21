import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { CODE_WANTED, login } from "@/api/login";
import { ApiError } from "@/api/request";
import { startSession } from "@/api/session";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { t } from "@/lib/i18n";
import { CodeForm } from "./CodeForm";

/** E-mail address and password, then the code where the account has a second step. */
export function LoginForm() {
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [codeWanted, setCodeWanted] = useState(false);
  const signIn = useMutation({
    mutationFn: login,
    onSuccess: ({ user }) => startSession(client, user),
    onError: (error) => {
      if (error instanceof ApiError && error.problem.type === CODE_WANTED) setCodeWanted(true);
    },
  });
  const given = { email: email.trim(), password };

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    signIn.mutate(given);
  }

  function startAgain() {
    setCodeWanted(false);
    setPassword("");
    signIn.reset();
  }

  if (codeWanted) {
    return (
      <CodeForm
        // That a code is wanted is no mistake.
        error={signIn.variables?.code === undefined ? null : signIn.error}
        pending={signIn.isPending}
        onCode={(code) => signIn.mutate({ ...given, code })}
        onBack={startAgain}
      />
    );
  }
  return (
    <form onSubmit={onSubmit} className="space-y-4">
      <FormProblem error={signIn.error} fields={["email", "password"]} />
      <TextField
        label={t("Email")}
        type="email"
        required
        autoComplete="email"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={fieldError(signIn.error, "email")}
      />
      <TextField
        label={t("Password")}
        type="password"
        required
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={fieldError(signIn.error, "password")}
      />
      <Button look="primary" type="submit" className="w-full" disabled={signIn.isPending}>
        {t("Sign in")}
      </Button>
    </form>
  );
}
