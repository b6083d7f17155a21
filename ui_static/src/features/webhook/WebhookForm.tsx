import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { changeWebhook } from "@/api/changeWebhook";
import { forgetWebhook } from "@/api/forgetWebhook";
import { webhookQuery } from "@/api/getWebhook";
import type { WebhookState } from "@/api/types";
import { Button } from "@/components/Button";
import { TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { ShownOnce } from "@/components/ShownOnce";
import { t } from "@/lib/i18n";

/** Where to, and whether that may be in the own network; a new secret is shown this once. */
export function WebhookForm({ state }: { state: WebhookState }) {
  const client = useQueryClient();
  const [url, setUrl] = useState(state.url ?? "");
  const [ownNetwork, setOwnNetwork] = useState(state.own_network);
  const refresh = () => client.invalidateQueries({ queryKey: webhookQuery.queryKey });
  const saving = useMutation({ mutationFn: changeWebhook, onSuccess: refresh });
  const forgetting = useMutation({
    mutationFn: forgetWebhook,
    onSuccess: async () => {
      setUrl("");
      setOwnNetwork(false);
      saving.reset();
      await refresh();
    },
  });

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    saving.mutate({ url: url.trim(), own_network: ownNetwork });
  }

  return (
    <form noValidate onSubmit={onSubmit} className="space-y-4">
      <FormProblem error={saving.error ?? forgetting.error} fields={["url"]} />
      <TextField
        label={t("Post alarms to")}
        type="url"
        placeholder="https://example.com/alarms"
        hint={t("Kept encrypted: often the address is all that one needs to post there.")}
        autoComplete="off"
        value={url}
        onChange={(event) => setUrl(event.target.value)}
        error={fieldError(saving.error, "url")}
      />
      <label className="flex min-h-11 items-start gap-2.5 sm:min-h-0">
        <input
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 accent-accent"
          checked={ownNetwork}
          onChange={(event) => setOwnNetwork(event.target.checked)}
        />
        <span>
          {t("It is on this machine or in my own network")}
          <span className="block text-12 text-ink-3">
            {t("Without this, only addresses on the internet are asked.")}
          </span>
        </span>
      </label>
      {saving.data?.secret && (
        <ShownOnce label={t("The webhook's secret")} text={saving.data.secret}>
          <p className="font-medium">{t("Copy the secret now.")}</p>
          <p className="mt-1 text-ink-2">
            {t("It is not shown again. With it your program checks that a post is from here.")}
          </p>
        </ShownOnce>
      )}
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" type="submit" disabled={saving.isPending}>
          {t("Save")}
        </Button>
        {state.url !== null && (
          <Button disabled={forgetting.isPending} onClick={() => forgetting.mutate()}>
            {t("Post nothing any more")}
          </Button>
        )}
        <p role="status" className="text-ink-2">
          {saving.isSuccess ? t("Saved.") : ""}
        </p>
      </div>
    </form>
  );
}
