import { ApiError, request } from "./request";

const POLL_MS = 500;
const PATIENCE_MS = 120_000;

/** Put the state of a backup in place of the present one; done when the program has started with it. */
export async function goBack(name: string, currentPassword: string): Promise<void> {
  await request(`/api/backups/${encodeURIComponent(name)}/restore`, {
    method: "POST",
    body: { current_password: currentPassword },
  });
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await isSignedOut()) && Date.now() < deadline) {
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}

/** With the other state everybody signs in again: so the program has started with it. */
async function isSignedOut(): Promise<boolean> {
  try {
    await request("/api/me");
    return false;
  } catch (error) {
    return error instanceof ApiError && error.status === 401;
  }
}
