import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type Comparison, comparisonParams } from "@/lib/comparison";
import type { View } from "@/lib/view";
import { viewKey, viewParams } from "./rangeKey";
import { request } from "./request";
import { reportPath, type SiteAccess } from "./sitePath";
import type { Report } from "./types";

export const REPORT = "report";

export function reportQuery(site: SiteAccess, view: View, comparison: Comparison) {
  const params = { ...viewParams(view), ...comparisonParams(comparison) };
  return queryOptions({
    queryKey: viewKey(site.site_id, view, REPORT, { comparison }),
    queryFn: ({ signal }) => request<Report>(reportPath(site, "report", params), { signal }),
    placeholderData: keepPreviousData,
  });
}
