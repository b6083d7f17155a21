import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useState } from "react";
import { beginImport } from "@/api/beginImport";
import { importsQuery } from "@/api/getImports";
import { previewImport } from "@/api/previewImport";
import type { ImportPreview, Site } from "@/api/types";
import { uploadFile } from "@/api/uploadFile";
import { Button } from "@/components/Button";
import { FormProblem } from "@/components/FormProblem";
import { ProgressBar } from "@/components/ProgressBar";
import { formatCount } from "@/lib/format";
import { t } from "@/lib/i18n";
import { PreviewTable } from "./PreviewTable";
import { RefusedLines } from "./RefusedLines";

function importing({ kind }: ImportPreview, count: number): string {
  return kind === "events"
    ? t("Import events: {{events}}", { events: formatCount(count) })
    : t("Import days: {{days}}", { days: formatCount(count) });
}

interface NewImportProps {
  site: Site;
  /** Another is under way. */
  busy: boolean;
}

/** Choose a file, see what it would do, and import it. */
export function NewImport({ site, busy }: NewImportProps) {
  const client = useQueryClient();
  const fileId = useId();
  const [sent, setSent] = useState(0);
  const look = useMutation({
    mutationFn: async (file: File) => {
      setSent(0);
      const uploadId = await uploadFile(site.site_id, file, (bytes) => setSent(bytes / file.size));
      return { file, uploadId, preview: await previewImport(site.site_id, uploadId) };
    },
  });
  const run = useMutation({
    mutationFn: ({ uploadId, file }: { uploadId: string; file: File }) =>
      beginImport(site.site_id, uploadId, file.name),
    onSuccess: () => {
      look.reset();
      return client.invalidateQueries({ queryKey: importsQuery(site.site_id).queryKey });
    },
  });
  const found = look.data;
  const events = found?.preview.days.reduce((sum, day) => sum + day.events - day.duplicates, 0);
  return (
    <div className="space-y-4">
      <p className="max-w-160 text-pretty text-ink-2">
        {t(
          "An export of events made by Analytiq or Umami, or a web server's log: its events count as any others, at their times. Or what Plausible (its ZIP), Google Analytics 4 or Matomo counted by day: shown beside your own numbers, never added to them. What is there already is not counted twice.",
        )}
      </p>
      <div>
        <label htmlFor={fileId} className="mb-1 block font-medium">
          {t("File")}
        </label>
        <input
          id={fileId}
          type="file"
          disabled={busy || look.isPending || run.isPending}
          className="block w-full max-w-120 text-ink-2 file:me-3 file:min-h-9 file:cursor-pointer file:rounded-control file:border file:border-line file:bg-raised file:px-3 file:text-ink"
          onChange={(change) => {
            const file = change.target.files?.[0];
            run.reset();
            if (file) look.mutate(file);
          }}
          onClick={(click) => {
            click.currentTarget.value = ""; // the same file may be chosen again
          }}
        />
      </div>
      {look.isPending && (
        <div role="status" className="space-y-1 text-ink-2">
          <p>{sent < 1 ? t("The file is being sent.") : t("The file is being read.")}</p>
          <ProgressBar name={t("File")} done={sent} />
        </div>
      )}
      <FormProblem error={look.error ?? run.error} fields={[]} />
      {found && (
        <div className="space-y-3">
          <PreviewTable {...found.preview} />
          {found.preview.left_out > 0 && (
            <p className="text-ink-2">
              {t("Lines that tell of nothing to count, such as pictures and bots: {{lines}}", {
                lines: formatCount(found.preview.left_out),
              })}
            </p>
          )}
          <RefusedLines lines={found.preview.refused_lines} count={found.preview.refused} />
          <div className="flex flex-wrap gap-3">
            <Button
              look="primary"
              disabled={run.isPending || events === 0}
              onClick={() => run.mutate(found)}
            >
              {events === 0
                ? t("All of it is there already")
                : importing(found.preview, events ?? 0)}
            </Button>
            <Button onClick={() => look.reset()}>{t("Cancel")}</Button>
          </div>
        </div>
      )}
    </div>
  );
}
