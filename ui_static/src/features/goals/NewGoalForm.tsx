import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { createGoal } from "@/api/createGoal";
import type { Goal, Site } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { Choice } from "@/components/Choice";
import { TextField } from "@/components/Field";
import { FormProblem, fieldError } from "@/components/FormProblem";
import { t } from "@/lib/i18n";
import { GoalPreview } from "./GoalPreview";

const KINDS = [
  { name: "path", label: "Sees a page" },
  { name: "event", label: "Does something" },
] as const;

const PATTERNS = {
  path: {
    label: "Path of the page",
    placeholder: "/thanks",
    hint: "* stands for a part between two slashes, ** for anything: /shop/*/paid, /blog/**.",
  },
  event: {
    label: "Name of the event",
    placeholder: "signup",
    hint: 'As your pages send it: analytiq.track("signup").',
  },
} as const;

/** Makes a goal, and tells before what it would have counted. */
export function NewGoalForm({ site }: { site: Site }) {
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<Goal["kind"]>("path");
  const [pattern, setPattern] = useState("");
  const creation = useMutation({
    mutationFn: () =>
      createGoal(site.site_id, { name: name.trim(), kind, pattern: pattern.trim() }),
    onSuccess: () => {
      setName("");
      setPattern("");
      return client.invalidateQueries({ queryKey: ["site", site.site_id] });
    },
  });
  const words = PATTERNS[kind];

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    creation.mutate();
  }

  return (
    <Card title={t("New goal")} id="new">
      <form noValidate onSubmit={onSubmit} className="space-y-4">
        <FormProblem error={creation.error} fields={["name", "pattern"]} />
        <Choice
          legend={t("A visitor reaches it who")}
          name="goal-kind"
          items={KINDS.map(({ name, label }) => ({ name, label: t(label) }))}
          chosen={kind}
          onChoose={setKind}
        />
        <TextField
          label={t(words.label)}
          placeholder={words.placeholder}
          hint={t(words.hint)}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          value={pattern}
          onChange={(event) => setPattern(event.target.value)}
          error={fieldError(creation.error, "pattern")}
        />
        <GoalPreview site={site} kind={kind} pattern={pattern} />
        <TextField
          label={t("Name of the goal")}
          placeholder={t("Bought something")}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={fieldError(creation.error, "name")}
        />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button look="primary" type="submit" disabled={creation.isPending}>
            {t("Add goal")}
          </Button>
          {creation.isSuccess && (
            <p role="status" className="text-live">
              {t("Added. It counts what was before, too.")}
            </p>
          )}
        </div>
      </form>
    </Card>
  );
}
