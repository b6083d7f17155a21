import { request } from "./request";
import type { JobList } from "./types";

/** Answered at once; it runs as soon as the one under way has ended. */
export function runJob(slug: string): Promise<JobList> {
  return request(`/api/jobs/${encodeURIComponent(slug)}/run`, { method: "POST" });
}
