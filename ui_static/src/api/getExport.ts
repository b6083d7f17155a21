import type { View } from "@/lib/view";
import { viewParams } from "./rangeKey";
import { requestFile } from "./request";
import { reportPath } from "./sitePath";

export type Exported = "report" | "visits" | "events";
export type ExportFormat = "csv" | "json" | "parquet";

/** What is shown, as a file; `tell` is told how much of it is here, from 0 to 1. */
export function getExport(
  siteId: string,
  view: View,
  what: Exported,
  format: ExportFormat,
  tell: (done: number) => void,
) {
  return requestFile(
    reportPath({ site_id: siteId }, "export", { what, format, ...viewParams(view) }),
    tell,
  );
}
