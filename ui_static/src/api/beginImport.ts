import { request } from "./request";
import type { ImportList } from "./types";

/** Begin to import an uploaded file. */
export function beginImport(
  siteId: string,
  uploadId: string,
  fileName: string,
): Promise<ImportList> {
  return request(`/api/sites/${encodeURIComponent(siteId)}/imports`, {
    method: "POST",
    body: { upload_id: uploadId, file_name: fileName },
  });
}
