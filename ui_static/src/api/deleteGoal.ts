import { request } from "./request";

/** No event is lost with it. */
export function deleteGoal(siteId: string, goalId: string): Promise<void> {
  return request(`/api/sites/${encodeURIComponent(siteId)}/goals/${encodeURIComponent(goalId)}`, {
    method: "DELETE",
  });
}
