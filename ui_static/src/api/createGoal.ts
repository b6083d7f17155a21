import { request } from "./request";
import type { Goal, NewGoal } from "./types";

export function createGoal(siteId: string, goal: NewGoal): Promise<Goal> {
  return request(`/api/sites/${encodeURIComponent(siteId)}/goals`, { method: "POST", body: goal });
}
