import { request } from "./request";

export function disableTwoFactor(currentPassword: string): Promise<void> {
  return request("/api/me/two-factor", {
    method: "DELETE",
    body: { current_password: currentPassword },
  });
}
