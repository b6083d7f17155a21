import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { changeMail } from "@/api/changeMail";
import { forgetMail } from "@/api/forgetMail";
import { mailQuery } from "@/api/getMail";
import type { MailForm, MailState } from "@/api/types";
import { Button } from "@/components/Button";
import { SelectField, TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { type Text, t } from "@/lib/i18n";

type Security = MailForm["security"];

const SECURITIES: Record<Security, { words: Text; port: number }> = {
  starttls: { words: "STARTTLS, usual with port 587", port: 587 },
  tls: { words: "TLS, usual with port 465", port: 465 },
  none: { words: "None: anybody on the way may read along", port: 25 },
};
const FIELDS = ["host", "port", "security", "username", "password", "sender"];

const EMPTY = {
  host: "",
  port: String(SECURITIES.starttls.port),
  security: "starttls" as Security,
  username: "",
  password: "",
  sender: "",
};

function stored({ host, port, security, username, sender }: MailState): typeof EMPTY {
  if (host === null) return EMPTY;
  return {
    host,
    port: String(port),
    security: security ?? EMPTY.security,
    username: username ?? "",
    password: "",
    sender: sender ?? "",
  };
}

/** Where e-mail is handed in, and who it comes from. */
export function MailServerForm({ state }: { state: MailState }) {
  const client = useQueryClient();
  const [fields, setFields] = useState(() => stored(state));
  const saving = useMutation({
    mutationFn: changeMail,
    onSuccess: (saved) => {
      client.setQueryData(mailQuery.queryKey, saved);
      setFields(stored(saved));
    },
  });
  const forgetting = useMutation({
    mutationFn: forgetMail,
    onSuccess: async () => {
      setFields(EMPTY);
      saving.reset();
      await client.invalidateQueries({ queryKey: mailQuery.queryKey });
    },
  });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    const { port, password, ...others } = fields;
    saving.mutate({ ...others, port: Number(port), password: password || null });
  }

  function choose(security: Security) {
    const { port } = SECURITIES[security];
    const usual = Object.values(SECURITIES).some((each) => String(each.port) === fields.port);
    setFields({ ...fields, security, port: usual ? String(port) : fields.port });
  }

  const text = (name: "host" | "port" | "username" | "password" | "sender") => ({
    value: fields[name],
    onChange: (event: { target: { value: string } }) =>
      setFields({ ...fields, [name]: event.target.value }),
    error: fieldError(saving.error, name),
  });

  return (
    <form noValidate onSubmit={onSubmit} className="space-y-4">
      <FormProblem error={saving.error ?? forgetting.error} fields={FIELDS} />
      <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_8rem]">
        <TextField
          label={t("Server")}
          placeholder="smtp.example.com"
          autoComplete="off"
          {...text("host")}
        />
        <TextField label={t("Port")} inputMode="numeric" autoComplete="off" {...text("port")} />
      </div>
      <SelectField
        label={t("Encryption")}
        value={fields.security}
        onChange={(event) => choose(event.target.value as Security)}
        error={fieldError(saving.error, "security")}
      >
        {Object.entries(SECURITIES).map(([security, { words }]) => (
          <option key={security} value={security}>
            {t(words)}
          </option>
        ))}
      </SelectField>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t("User name")}
          hint={t("Empty where the server asks for none.")}
          autoComplete="off"
          {...text("username")}
        />
        <TextField
          label={t("Password")}
          type="password"
          hint={
            state.has_password
              ? t("One is saved. Leave this empty to keep it.")
              : t("Kept encrypted, and never shown again.")
          }
          autoComplete="new-password"
          {...text("password")}
        />
      </div>
      <TextField
        label={t("E-mail comes from")}
        type="email"
        placeholder="analytiq@example.com"
        hint={t("An address that this server may send from.")}
        autoComplete="off"
        {...text("sender")}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" type="submit" disabled={saving.isPending}>
          {t("Save")}
        </Button>
        {state.host !== null && (
          <Button disabled={forgetting.isPending} onClick={() => forgetting.mutate()}>
            {t("Send no e-mail any more")}
          </Button>
        )}
        <p role="status" className="text-ink-2">
          {saving.isSuccess ? t("Saved.") : ""}
        </p>
      </div>
    </form>
  );
}
