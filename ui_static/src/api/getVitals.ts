import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { View } from "@/lib/view";
import { viewKey, viewParams } from "./rangeKey";
import { request } from "./request";
import { reportPath, type SiteAccess } from "./sitePath";
import type { SiteVitals } from "./types";

const PAGES = 9;

export function vitalsQuery(site: SiteAccess, view: View) {
  const params = { limit: String(PAGES), ...viewParams(view) };
  return queryOptions({
    queryKey: viewKey(site.site_id, view, "vitals"),
    queryFn: ({ signal }) => request<SiteVitals>(reportPath(site, "vitals", params), { signal }),
    placeholderData: keepPreviousData,
  });
}
