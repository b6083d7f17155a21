import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { Finding } from "@/api/types";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const findings: Finding[] = [
  { slug: "disk", verdict: "good", title: "Disk", detail: "90.0 GB are free.", todo: "" },
  { slug: "recount", verdict: "bad", title: "Reports", detail: "They differ.", todo: "Rebuild." },
];

test("what was found is told with what to do, and a bundle that cannot be made says why", async () => {
  server.use(
    http.get("/api/doctor", () => HttpResponse.json({ findings })),
    http.get("/api/support-bundle", () =>
      HttpResponse.json(
        { type: "/problems/x", title: "x", status: 503, detail: "The disk is full." },
        { status: 503 },
      ),
    ),
  );
  const { user } = renderAt("/settings/checkup");
  expect(await screen.findByText("90.0 GB are free.")).toBeVisible();
  expect(screen.getByText("Bad")).toBeVisible();
  expect(screen.getByText("Rebuild.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Download the support bundle" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("The disk is full.");
});
