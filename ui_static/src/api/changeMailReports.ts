import { request } from "./request";
import type { MailReportsForm, SiteMailReports } from "./types";

/** For whoever asks alone: to the address of that account. */
export function changeMailReports(siteId: string, form: MailReportsForm): Promise<SiteMailReports> {
  const path = `/api/sites/${encodeURIComponent(siteId)}/mail-reports`;
  return request(path, { method: "PATCH", body: form });
}
