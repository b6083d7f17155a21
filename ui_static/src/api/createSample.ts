import { request } from "./request";
import type { Site } from "./types";

/** Makes the website of made-up visitors, or gives the one there is. */
export function createSample(): Promise<Site> {
  return request("/api/sites/sample", { method: "POST" });
}
