import { request } from "./request";
import type { DownloadLink } from "./types";

export interface WantedDownload {
  accounts: boolean;
  passphrase: string | null;
}

/** A link to a backup's file, good once within a minute; answered when the file is ready. */
export function prepareDownload(
  name: string,
  wanted: WantedDownload,
  currentPassword: string,
): Promise<DownloadLink> {
  return request(`/api/backups/${encodeURIComponent(name)}/download`, {
    method: "POST",
    body: { ...wanted, current_password: currentPassword },
  });
}
