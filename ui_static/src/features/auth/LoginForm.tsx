import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { login } from "@/api/login";
import { startSession } from "@/api/session";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";

export function LoginForm() {
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useMutation({
    mutationFn: login,
    onSuccess: ({ user }) => startSession(client, user),
  });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    signIn.mutate({ email: email.trim(), password });
  }

  return (
    <form onSubmit={onSubmit} className="space-y-4">
      <FormProblem error={signIn.error} fields={["email", "password"]} />
      <TextField
        label="Email"
        type="email"
        required
        autoComplete="email"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={fieldError(signIn.error, "email")}
      />
      <TextField
        label="Password"
        type="password"
        required
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={fieldError(signIn.error, "password")}
      />
      <Button look="primary" type="submit" className="w-full" disabled={signIn.isPending}>
        Sign in
      </Button>
    </form>
  );
}
