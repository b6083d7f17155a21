import { request } from "./request";
import type { ImportList } from "./types";

/** Begin to take back all that an import brought. */
export function undoImport(siteId: string, importId: number): Promise<ImportList> {
  return request(`/api/sites/${encodeURIComponent(siteId)}/imports/${importId}/undo`, {
    method: "POST",
    body: {},
  });
}
