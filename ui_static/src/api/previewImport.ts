import { request } from "./request";
import type { ImportPreview } from "./types";

/** What importing an uploaded file would do; nothing is stored. */
export function previewImport(siteId: string, uploadId: string): Promise<ImportPreview> {
  const site = `/api/sites/${encodeURIComponent(siteId)}`;
  return request(`${site}/imports/uploads/${encodeURIComponent(uploadId)}/preview`, {
    method: "POST",
    body: {},
  });
}
