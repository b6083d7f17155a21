import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { snippetQuery } from "@/api/getSnippet";
import { rotateKey } from "@/api/rotateKey";
import type { Site } from "@/api/types";
import { Button } from "@/components/Button";
import { Card } from "@/components/Card";
import { CodeBlock } from "@/components/CodeBlock";
import { SelectField } from "@/components/Field";
import { FormProblem } from "@/components/FormProblem";
import { Moment } from "@/components/Moment";
import { Rich } from "@/components/Rich";
import { t } from "@/lib/i18n";

const GRACES = [
  { hours: 0, label: "not at all" },
  { hours: 24, label: "for a day" },
  { hours: 168, label: "for a week" },
  { hours: 720, label: "for 30 days" },
] as const;

/** Gives a website another key, and the code with it. */
export function ChangeKey({ site }: { site: Site }) {
  const client = useQueryClient();
  const [hours, setHours] = useState(24);
  const change = useMutation({
    mutationFn: () => rotateKey(site.site_id, hours),
    onSuccess: () => client.invalidateQueries({ queryKey: snippetQuery(site.site_id).queryKey }),
  });
  return (
    <Card title={t("Change the key")} id="key">
      <p className="text-ink-2">
        {t(
          "The key stands in your pages, so it is no secret. Change it when somebody else sends events with it. Pages with the old code are counted as long as you let the old key work.",
        )}
      </p>
      <FormProblem error={change.error} fields={[]} />
      {change.data ? (
        <div role="status" className="space-y-3">
          <p>
            {hours === 0 ? (
              t("The key is changed. The old one works no more: put this code into your pages now.")
            ) : (
              <Rich
                text="The key is changed. The old one works until <when/>: put this code into your pages by then."
                parts={{ when: <Moment at={change.data.previous_key_valid_until} /> }}
              />
            )}
          </p>
          <CodeBlock code={change.data.snippet} label={t("The new code")} />
        </div>
      ) : (
        <div className="flex flex-wrap items-end gap-3">
          <SelectField
            label={t("The old key goes on working")}
            value={hours}
            onChange={(event) => setHours(Number(event.target.value))}
          >
            {GRACES.map((grace) => (
              <option key={grace.hours} value={grace.hours}>
                {t(grace.label)}
              </option>
            ))}
          </SelectField>
          <Button disabled={change.isPending} onClick={() => change.mutate()}>
            {t("Change the key")}
          </Button>
        </div>
      )}
    </Card>
  );
}
