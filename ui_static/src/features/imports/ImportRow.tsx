import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Import, Site } from "@/api/types";
import { undoImport } from "@/api/undoImport";
import { Button } from "@/components/Button";
import { Moment } from "@/components/Moment";
import { ProgressBar } from "@/components/ProgressBar";
import { longDay } from "@/lib/dates";
import { formatCount } from "@/lib/format";
import { type Text, t } from "@/lib/i18n";
import { RefusedLines } from "./RefusedLines";

const STATES: Record<Import["state"], Text> = {
  reading: "Reading the file",
  storing: "Storing the events",
  done: "Imported",
  failed: "Nothing was imported",
  interrupted: "Cut off",
  undoing: "Being taken back",
  undone: "Taken back",
};

function became({ stored, duplicates, refused }: Import, ofDays: boolean): string {
  const counts = {
    stored: formatCount(stored),
    duplicates: formatCount(duplicates),
    refused: formatCount(refused),
  };
  return ofDays
    ? t(
        "{{stored}} days beside your own numbers, {{duplicates}} there already, {{refused}} not readable",
        counts,
      )
    : t("{{stored}} counted, {{duplicates}} there already, {{refused}} not readable", counts);
}

const WHAT_GOES: Record<"days" | "events", Text> = {
  events: "Its events go, and every number is what it was before.",
  days: "Its days go; your own numbers stay as they are.",
};

/** They tell of days, not of events. */
const PROGRAMS_OF_DAYS = ["plausible", "ga4", "matomo"];

interface ImportRowProps {
  site: Site;
  entry: Import;
  /** One is under way; there is one at a time. */
  busy: boolean;
}

/** An import, what became of it, and the way to take it back. */
export function ImportRow({ site, entry, busy }: ImportRowProps) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const ofDays = PROGRAMS_OF_DAYS.includes(entry.source);
  const undo = useMutation({
    mutationFn: () => undoImport(site.site_id, entry.import_id),
    onSuccess: () => setAsking(false),
    onSettled: () => client.invalidateQueries({ queryKey: ["site", site.site_id] }),
  });
  const mayUndo = entry.state !== "undone" && (entry.stored > 0 || entry.state === "undoing");
  return (
    <li className="space-y-2 border-t border-line py-3 first:border-t-0 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 grow basis-60">
          <p className="font-medium wrap-anywhere">{entry.file_name}</p>
          <p className="text-ink-2">
            {t(STATES[entry.state])}
            {entry.first_day &&
              entry.last_day &&
              ` · ${longDay(entry.first_day)} – ${longDay(entry.last_day)}`}
          </p>
          {entry.progress === null && entry.state !== "failed" && (
            <p className="text-ink-2">{became(entry, ofDays)}</p>
          )}
          <p className="text-12 text-ink-3">
            <Moment at={entry.begun_at} />
            {` · ${entry.begun_by}`}
          </p>
        </div>
        {mayUndo && !asking && entry.progress === null && (
          <Button disabled={busy} onClick={() => setAsking(true)}>
            {t("Take back")}
            <span className="sr-only">{` ${entry.file_name}`}</span>
          </Button>
        )}
      </div>
      {entry.progress !== null && (
        <ProgressBar name={t(STATES[entry.state])} done={entry.progress} />
      )}
      {entry.problem && <p className="max-w-160 text-bad">{entry.problem}</p>}
      <RefusedLines lines={entry.refused_lines} count={entry.refused} />
      {asking && (
        <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <p className="grow basis-52 text-ink-2">
            {undo.error ? undo.error.message : t(WHAT_GOES[ofDays ? "days" : "events"])}
          </p>
          <Button look="danger" disabled={undo.isPending} onClick={() => undo.mutate()}>
            {t("Take it back")}
          </Button>
          <Button onClick={() => setAsking(false)}>{t("Keep it")}</Button>
        </div>
      )}
    </li>
  );
}
