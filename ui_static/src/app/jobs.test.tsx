import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { Job } from "@/api/types";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const ledger: Job = {
  slug: "check-the-ledger",
  name: "check the ledger",
  every_s: 3600,
  on_demand: true,
  running: false,
  next_at: "2026-09-17T13:00:00Z",
  last: { began_at: "2026-09-17T12:00:00Z", took_s: 0.042, result: "done", detail: null },
};
const unheardOf: Job = {
  ...ledger,
  slug: "mirror",
  name: "write the mirror",
  on_demand: false,
  last: {
    began_at: "2026-09-17T12:00:00Z",
    took_s: 2,
    result: "waits",
    detail: "The disk is full.",
  },
};

test("each job says how it went, and one is run by a click", async () => {
  let asked = "";
  server.use(
    http.get("/api/jobs", () => HttpResponse.json({ jobs: [ledger, unheardOf] })),
    http.post("/api/jobs/:slug/run", ({ params }) => {
      asked = String(params.slug);
      return HttpResponse.json(
        { jobs: [{ ...ledger, running: true }, unheardOf] },
        { status: 202 },
      );
    }),
  );
  const { user } = renderAt("/settings/jobs");
  expect(await screen.findByText("Count all events again")).toBeVisible();
  expect(screen.getByText("write the mirror")).toBeVisible();
  expect(screen.getByText("The disk is full.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Run now: Count all events again" }));
  await expect.poll(() => asked).toBe("check-the-ledger");
  expect(screen.getAllByText("Run now")).toHaveLength(1);
});
