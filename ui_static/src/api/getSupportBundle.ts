import { requestFile } from "./request";

/** What the doctor finds and the end of the log, without what tells of people. */
export function getSupportBundle() {
  return requestFile("/api/support-bundle");
}
