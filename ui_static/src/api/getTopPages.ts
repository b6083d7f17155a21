import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { View } from "@/lib/view";
import { viewKey, viewParams } from "./rangeKey";
import { request } from "./request";
import { reportPath, type SiteAccess } from "./sitePath";
import type { TopPages } from "./types";

const LIMIT = 20;

export function topPagesQuery(site: SiteAccess, view: View, limit = LIMIT) {
  const params = { limit: String(limit), ...viewParams(view) };
  return queryOptions({
    queryKey: viewKey(site.site_id, view, "top-pages", { limit }),
    queryFn: ({ signal }) => request<TopPages>(reportPath(site, "top-pages", params), { signal }),
    placeholderData: keepPreviousData,
  });
}
