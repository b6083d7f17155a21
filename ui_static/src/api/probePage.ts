import { probePath } from "./getProbe";
import { request } from "./request";
import type { ProbeForm, ProbeState } from "./types";

/** Look now whether the website's page has the snippet. */
export function probePage(siteId: string, form: ProbeForm): Promise<ProbeState> {
  return request(probePath(siteId), { method: "POST", body: form });
}
