import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { type ApiKeyFields, createApiKey } from "@/api/createApiKey";
import type { ApiKey, Site } from "@/api/types";
import { Button } from "@/components/Button";
import { SelectField, TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { ShownOnce } from "@/components/ShownOnce";
import { t } from "@/lib/i18n";
import { SCOPES } from "./scopes";

const EMPTY: ApiKeyFields = { name: "", scope: "read", site_id: null };

interface NewApiKeyFormProps {
  sites: Site[];
  onMade: () => void;
}

/** Makes a key, and shows it this once. */
export function NewApiKeyForm({ sites, onMade }: NewApiKeyFormProps) {
  const [fields, setFields] = useState(EMPTY);
  const creation = useMutation({ mutationFn: createApiKey, onSuccess: onMade });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    creation.mutate({ ...fields, name: fields.name.trim() });
  }

  function another() {
    setFields(EMPTY);
    creation.reset();
  }

  if (creation.data) {
    return (
      <div className="space-y-4">
        <ShownOnce label={t("The new API key")} text={creation.data.key}>
          <p className="font-medium">
            {t("Copy the key of “{{name}}” now.", { name: creation.data.name })}
          </p>
          <p className="mt-1 text-ink-2">
            {t("It is not shown again. Send it as")} <code>Authorization: Bearer …</code>
          </p>
        </ShownOnce>
        <Button onClick={another}>{t("I have copied it")}</Button>
      </div>
    );
  }
  return (
    <form noValidate onSubmit={onSubmit} className="space-y-4">
      <FormProblem error={creation.error} fields={["name"]} />
      <TextField
        label={t("What is it for?")}
        placeholder={t("Nightly report")}
        autoComplete="off"
        value={fields.name}
        onChange={(event) => setFields({ ...fields, name: event.target.value })}
        error={fieldError(creation.error, "name")}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={t("It may")}
          value={fields.scope}
          onChange={(event) =>
            setFields({ ...fields, scope: event.target.value as ApiKey["scope"] })
          }
        >
          {Object.entries(SCOPES).map(([scope, words]) => (
            <option key={scope} value={scope}>
              {t(words)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("For")}
          value={fields.site_id ?? ""}
          onChange={(event) => setFields({ ...fields, site_id: event.target.value || null })}
        >
          <option value="">{t("all my websites")}</option>
          {sites.map((site) => (
            <option key={site.site_id} value={site.site_id}>
              {site.name}
            </option>
          ))}
        </SelectField>
      </div>
      <Button type="submit" disabled={creation.isPending || fields.name.trim() === ""}>
        {t("Make an API key")}
      </Button>
    </form>
  );
}
