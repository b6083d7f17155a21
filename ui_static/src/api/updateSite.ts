import { request } from "./request";
import type { SiteSettings } from "./types";

export type SiteChanges = Pick<
  SiteSettings,
  "name" | "allowed_parameters" | "allowed_hosts" | "excluded_hosts"
> &
  Partial<Pick<SiteSettings, "timezone">>;

export function updateSite(siteId: string, changes: SiteChanges): Promise<SiteSettings> {
  return request(`/api/sites/${encodeURIComponent(siteId)}`, { method: "PATCH", body: changes });
}
