import { request } from "./request";
import type { Upload } from "./types";

/** A request may have two megabytes; base64 makes four bytes of three. */
const PART_BYTES = 1024 * 1024;

/** Send a file to be imported, in parts; its id. `onProgress` is told the bytes that are there. */
export async function uploadFile(
  siteId: string,
  file: File,
  onProgress: (sent: number) => void,
): Promise<string> {
  const uploads = `/api/sites/${encodeURIComponent(siteId)}/imports/uploads`;
  const { upload_id } = await request<Upload>(uploads, {
    method: "POST",
    body: { bytes: file.size },
  });
  for (let offset = 0; offset < file.size; offset += PART_BYTES) {
    const data = await inBase64(file.slice(offset, offset + PART_BYTES));
    await request(`${uploads}/${upload_id}/parts`, { method: "POST", body: { offset, data } });
    onProgress(Math.min(file.size, offset + PART_BYTES));
  }
  return upload_id;
}

function inBase64(part: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",", 2)[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(part);
  });
}
