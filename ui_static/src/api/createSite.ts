import { request } from "./request";
import type { NewSite } from "./types";

export interface SiteFields {
  name: string;
  url: string;
  timezone: string;
}

export function createSite(fields: SiteFields): Promise<NewSite> {
  return request("/api/sites", { method: "POST", body: fields });
}
