import { useMutation, useQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import { type Exported, type ExportFormat, getExport } from "@/api/getExport";
import { exportProgressQuery } from "@/api/getExportProgress";
import type { Site } from "@/api/types";
import { Button } from "@/components/Button";
import { buttonStyle } from "@/components/buttonStyle";
import { Choice } from "@/components/Choice";
import { Menu } from "@/components/Menu";
import { ProgressBar } from "@/components/ProgressBar";
import { type Text, t } from "@/lib/i18n";
import { rangeLabel } from "@/lib/range";
import { saveFile } from "@/lib/saveFile";
import type { View } from "@/lib/view";

const WHATS = [
  { name: "report", label: "Numbers" },
  { name: "visits", label: "Visits" },
  { name: "events", label: "Events" },
] as const;

const FORMATS = [
  { name: "csv", label: "CSV" },
  { name: "json", label: "JSON" },
  { name: "parquet", label: "Parquet" },
] as const;

const MEANINGS: Record<Exported, Text> = {
  report: "The numbers of this page, one a row: totals, sources, pages and goals.",
  visits:
    "One row for each visit: when, from where, with what, and which pages it began and ended on.",
  events: "One row for each event that counted, with everything that was kept of it.",
};

interface ExportMenuProps {
  site: Pick<Site, "site_id">;
  /** What the page shows, and so what the file holds. */
  view: View;
}

function ExportForm({ site, view }: ExportMenuProps) {
  const [what, setWhat] = useState<Exported>("report");
  const [format, setFormat] = useState<ExportFormat>("csv");
  const [arrived, setArrived] = useState(0);
  const download = useMutation({
    mutationFn: () => {
      setArrived(0);
      return getExport(site.site_id, view, what, format, setArrived);
    },
    onSuccess: ({ content, name }) => saveFile(content, name),
  });
  const making = useQuery({
    ...exportProgressQuery(site.site_id, view, what, format),
    enabled: download.isPending && arrived === 0 && what !== "report",
  });
  const done = arrived || making.data?.done;
  return (
    <div className="space-y-3 p-2">
      <Choice
        legend={t("What")}
        name="export-what"
        items={WHATS.map(({ name, label }) => ({ name, label: t(label) }))}
        chosen={what}
        onChoose={setWhat}
      />
      <p className="min-h-10 text-ink-2">{t(MEANINGS[what])}</p>
      <Choice
        legend={t("As")}
        name="export-format"
        items={FORMATS}
        chosen={format}
        onChoose={setFormat}
      />
      <p className="text-12 text-ink-3">
        {rangeLabel(view.range)}
        {view.filters.length > 0 &&
          `, ${t("with {{count}} filters", { count: view.filters.length })}`}
      </p>
      <Button
        look="primary"
        className="w-full"
        disabled={download.isPending}
        onClick={() => download.mutate()}
      >
        {download.isPending
          ? t(arrived ? "Fetching the file…" : "Making the file…")
          : t("Download")}
      </Button>
      {download.isPending && done !== undefined && done !== null && (
        <ProgressBar name={t(arrived ? "Fetching the file…" : "Making the file…")} done={done} />
      )}
      <p role="status" className="sr-only">
        {download.isSuccess && t("The file was handed to your browser.")}
      </p>
      {download.error && (
        <p role="alert" className="text-12 text-bad">
          {download.error.message}
        </p>
      )}
    </div>
  );
}

/** What the page shows, as a file to take away. */
export function ExportMenu(props: ExportMenuProps) {
  return (
    <Menu
      name={t("Export")}
      align="end"
      width="w-80"
      triggerClassName={buttonStyle("plain")}
      trigger={
        <>
          <Download className="size-4" aria-hidden="true" />
          {t("Export")}
        </>
      }
    >
      {() => <ExportForm {...props} />}
    </Menu>
  );
}
