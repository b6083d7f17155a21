import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { createShare } from "@/api/createShare";
import { sharesQuery } from "@/api/getShares";
import type { NewShareLink } from "@/api/types";
import { Button } from "@/components/Button";
import { LinesField, SelectField, TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { linesError, readLines } from "@/components/lines";
import { t } from "@/lib/i18n";
import { EXPIRIES, expiresAt } from "./expiries";

const EMPTY = { name: "", hours: 0, password: "", origins: "" };

function wantedOf(typed: typeof EMPTY): Partial<NewShareLink> {
  return {
    name: typed.name.trim(),
    expires_at: expiresAt(typed.hours, new Date()),
    password: typed.password || null,
    embed_origins: readLines(typed.origins),
  };
}

interface NewShareFormProps {
  siteId: string;
  onDone: () => void;
}

/** Asks what a new link shall be like, and makes it. */
export function NewShareForm({ siteId, onDone }: NewShareFormProps) {
  const client = useQueryClient();
  const [typed, setTyped] = useState(EMPTY);
  const making = useMutation({
    mutationFn: (wanted: Partial<NewShareLink>) => createShare(siteId, wanted),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: sharesQuery(siteId).queryKey });
      onDone();
    },
  });
  const origins = making.variables?.embed_origins ?? [];
  const fields = ["name", "password", "expires_at", "embed_origins"].concat(
    origins.map((_, number) => `embed_origins/${number}`),
  );

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    making.mutate(wantedOf(typed));
  }

  function field(name: "name" | "password" | "origins") {
    return {
      value: typed[name],
      onChange: (event: { target: { value: string } }) =>
        setTyped({ ...typed, [name]: event.target.value }),
    };
  }

  return (
    <form noValidate onSubmit={onSubmit} className="space-y-4 border-t border-line pt-4">
      <FormProblem error={making.error} fields={fields} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t("Note for yourself")}
          placeholder={t("For the agency")}
          {...field("name")}
          error={fieldError(making.error, "name")}
        />
        <SelectField
          label={t("It opens the dashboard")}
          value={typed.hours}
          onChange={(event) => setTyped({ ...typed, hours: Number(event.target.value) })}
          error={fieldError(making.error, "expires_at")}
        >
          {EXPIRIES.map(({ hours, label }) => (
            <option key={hours} value={hours}>
              {t(label)}
            </option>
          ))}
        </SelectField>
      </div>
      <TextField
        label={t("Password")}
        type="password"
        autoComplete="new-password"
        hint={t("If you like: everybody with the link has to type it. It cannot be shown again.")}
        {...field("password")}
        error={fieldError(making.error, "password")}
      />
      <LinesField
        label={t("Pages that may show it in a frame")}
        placeholder="https://intranet.example"
        hint={t(
          "One address a line, without a path. Empty: no other website can show it inside a page.",
        )}
        autoCapitalize="none"
        spellCheck={false}
        {...field("origins")}
        error={linesError(making.error, "embed_origins", origins)}
      />
      <div className="flex flex-wrap gap-3">
        <Button look="primary" type="submit" disabled={making.isPending}>
          {t("Make the link")}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {t("Cancel")}
        </Button>
      </div>
    </form>
  );
}
