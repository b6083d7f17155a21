import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { AuditEntry } from "@/api/types";
import { problem } from "@/testing/handlers";
import { alice } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const deletion: AuditEntry = {
  id: 7,
  at: "2025-09-17T12:30:00Z",
  action: "site_deleted",
  account_id: alice.id,
  email: alice.email,
  site_id: "site_gone",
  site_name: "Old <b>shop</b>",
  detail: "",
};

const reset: AuditEntry = {
  id: 3,
  at: "2025-09-15T09:00:00Z",
  action: "password_reset",
  account_id: null,
  email: null,
  site_id: null,
  site_name: null,
  detail: "Of bob@bakery.example.",
};

test("the owner reads who did what, and older entries on demand", async () => {
  const asked: string[] = [];
  server.use(
    http.get("/api/audit", ({ request }) => {
      const before = new URL(request.url).searchParams.get("before");
      asked.push(before ?? "newest");
      return HttpResponse.json(
        before ? { entries: [reset], next: null } : { entries: [deletion], next: 7 },
      );
    }),
  );
  const { user } = renderAt("/audit");
  const day = (await screen.findByText(/^Wed 17 Sept? 2025$/)).closest("section") as HTMLElement;
  expect(within(day).getByText("Deleted a website")).toBeVisible();
  expect(within(day).getByText(/Old <b>shop<\/b>/)).toBeVisible();
  expect(within(day).getByText(alice.email)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Show older entries" }));
  expect(await screen.findByText("Of bob@bakery.example.")).toBeVisible();
  expect(screen.getByText("nobody who was signed in")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Show older entries" })).not.toBeInTheDocument();
  expect(asked).toEqual(["newest", "7"]);
});

test("a log that cannot be loaded says so and can be asked for again", async () => {
  server.use(
    http.get("/api/audit", () => problem(503, "The database is busy."), { once: true }),
    http.get("/api/audit", () => HttpResponse.json({ entries: [deletion], next: null })),
  );
  const { user } = renderAt("/audit");
  expect(await screen.findByText("The audit log could not be loaded")).toBeVisible();
  expect(screen.getByText("The database is busy.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Deleted a website")).toBeVisible();
});

test("others are told whose page it is, and nothing is asked for", async () => {
  server.use(http.get("/api/me", () => HttpResponse.json({ user: { ...alice, role: "viewer" } })));
  renderAt("/audit");
  expect(await screen.findByText("This page is the owner's")).toBeVisible();
});
