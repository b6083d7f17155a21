import { queryOptions } from "@tanstack/react-query";
import type { View } from "@/lib/view";
import type { Exported, ExportFormat } from "./getExport";
import { viewParams } from "./rangeKey";
import { request } from "./request";
import { reportPath } from "./sitePath";

const EVERY_MS = 500;

/** How much of a file is made that is being waited for, from 0 to 1; null: it is not being made. */
export function exportProgressQuery(
  siteId: string,
  view: View,
  what: Exported,
  format: ExportFormat,
) {
  const params = { what, format, ...viewParams(view) };
  return queryOptions({
    queryKey: ["export-progress", siteId, params],
    queryFn: ({ signal }) =>
      request<{ done: number | null }>(reportPath({ site_id: siteId }, "export/progress", params), {
        signal,
      }),
    refetchInterval: EVERY_MS,
    gcTime: 0,
  });
}
