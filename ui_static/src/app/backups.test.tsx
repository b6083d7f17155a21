import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test, vi } from "vitest";
import type { Backup, BackupList } from "@/api/types";
import { alice } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const backup: Backup = {
  name: "2026-09-17T01-00-00Z",
  made_at: "2026-09-17T01:00:00Z",
  reason: "nightly",
  version: "0.1.0",
  bytes: 3_100_000,
  sha256: "00",
  figures: {
    sites: 1,
    accounts: 1,
    visits: 41_230,
    events: 90_000,
    last_event_at: "2026-09-17T00:59:59Z",
  },
};
const list: BackupList = {
  backups: [backup],
  now: { ...backup.figures, visits: 41_870 },
  next_at: "2026-09-18T01:00:00Z",
  under_way: null,
  going_back: null,
  failure: null,
  folder: "/data/backups",
  budget_gb: 20,
};

function kept(more: Partial<BackupList>) {
  server.use(http.get("/api/backups", () => HttpResponse.json({ ...list, ...more })));
}

test("what is kept is told with what is in it", async () => {
  kept({});
  renderAt("/settings/backups");
  expect(await screen.findByText(/41.230 visits of 1 website/)).toBeVisible();
  expect(screen.getByText(/Every night · 3.1.MB · whole/)).toBeVisible();
  expect(screen.getByText(/3.1.MB of at most 20.0.GB/)).toBeVisible();
});

test("one is made by a click, and why it could not be is said", async () => {
  kept({ backups: [] });
  server.use(
    http.post("/api/backups", () =>
      HttpResponse.json(
        { type: "/problems/x", title: "x", status: 503, detail: "9 MB are free. Make room." },
        { status: 503 },
      ),
    ),
  );
  const { user } = renderAt("/settings/backups");
  expect(await screen.findByText("No backup yet")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Back up now" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("9 MB are free. Make room.");
});

test("going back shows what changes, asks for the password and leads to the sign-in", async () => {
  kept({});
  const assign = vi.fn();
  vi.stubGlobal("location", { ...window.location, assign });
  let sent: unknown;
  const { user } = renderAt("/settings/backups");
  await user.click(await screen.findByRole("button", { name: "Go back to it" }));
  const table = within(screen.getByRole("table"));
  expect(table.getByRole("row", { name: /Visits 41.230 41.870/ })).toBeVisible();
  server.use(
    http.post("/api/backups/2026-09-17T01-00-00Z/restore", async ({ request }) => {
      sent = await request.json();
      server.use(http.get("/api/me", () => new HttpResponse(null, { status: 401 })));
      return new HttpResponse(null, { status: 204 });
    }),
  );
  await user.type(screen.getByLabelText("Your password"), "right");
  await user.click(screen.getByRole("button", { name: "Go back to it" }));
  await vi.waitFor(() => expect(assign).toHaveBeenCalledWith("/login"));
  expect(sent).toEqual({ current_password: "right" });
  vi.unstubAllGlobals();
});

test("while it goes back it says how far it is", async () => {
  kept({});
  const { user } = renderAt("/settings/backups");
  await user.click(await screen.findByRole("button", { name: "Go back to it" }));
  server.use(
    http.post("/api/backups/2026-09-17T01-00-00Z/restore", () => new Promise<never>(() => {})),
  );
  kept({ going_back: { step: "checking", share: 0.4 } });
  await user.type(screen.getByLabelText("Your password"), "right");
  await user.click(screen.getByRole("button", { name: "Go back to it" }));
  expect(await screen.findByText(/Reading the copy through · 40.?%/)).toBeVisible();
});

test("a backup is downloaded by a link that is asked for with the password", async () => {
  kept({});
  const assign = vi.fn();
  vi.stubGlobal("location", { ...window.location, assign });
  let sent: unknown;
  server.use(
    http.post("/api/backups/2026-09-17T01-00-00Z/download", async ({ request }) => {
      sent = await request.json();
      const link = { path: "/api/backups/download/once", expires_in: 60 };
      return HttpResponse.json(link, { status: 201 });
    }),
  );
  const { user } = renderAt("/settings/backups");
  await user.click(await screen.findByRole("button", { name: "Download" }));
  expect(screen.getByRole("checkbox", { name: /With accounts/ })).not.toBeChecked();
  await user.type(screen.getByLabelText("Passphrase for the file, if you like"), "open sesame");
  await user.type(screen.getByLabelText("Your password"), "right");
  await user.type(screen.getByLabelText("The passphrase once more"), "open");
  expect(screen.getByText("The two are not the same.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Download it" })).toBeDisabled();
  await user.type(screen.getByLabelText("The passphrase once more"), " sesame");
  await user.click(screen.getByRole("button", { name: "Download it" }));
  await vi.waitFor(() => expect(assign).toHaveBeenCalledWith("/api/backups/download/once"));
  expect(sent).toEqual({ accounts: false, passphrase: "open sesame", current_password: "right" });
  vi.unstubAllGlobals();
});

test("a failure of the last night is told", async () => {
  kept({ failure: { at: "2026-09-17T01:00:00Z", detail: "The folder is not there." } });
  renderAt("/settings/backups");
  expect(await screen.findByText("The folder is not there.")).toBeVisible();
});

test("others than the owner are told whose page it is", async () => {
  server.use(http.get("/api/me", () => HttpResponse.json({ user: { ...alice, role: "editor" } })));
  renderAt("/settings/backups");
  expect(await screen.findByText("This page is the owner's")).toBeVisible();
});
