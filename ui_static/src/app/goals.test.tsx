import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { Goal } from "@/api/types";
import { problem } from "@/testing/handlers";
import { report, shop } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const address = `/sites/${shop.site_id}/goals`;
const api = `/api/sites/${shop.site_id}`;
const bought: Goal = {
  id: "goal_1",
  name: "Bought",
  kind: "path",
  pattern: "/thanks",
  created_at: "2025-09-01T00:00:00Z",
};

function withGoals(...goals: Goal[]) {
  server.use(http.get(`${api}/goals`, () => HttpResponse.json({ goals })));
}

function previewOf(numbers: { visitors: number; unique_visitors: number; conversions: number }) {
  server.use(
    http.get(`${api}/goals/preview`, ({ request }) => {
      const { searchParams } = new URL(request.url);
      if (!searchParams.get("pattern")?.startsWith("/")) {
        return problem(422, "There cannot be such a goal.", [
          { pointer: "/pattern", detail: "A path begins with a slash." },
        ]);
      }
      return HttpResponse.json({
        ...numbers,
        date_range: "2025-08-19 to 2025-09-17",
        conversion_rate_percent: (100 * numbers.visitors) / numbers.unique_visitors,
      });
    }),
  );
}

test("goals stand with what they counted in the last 30 days", async () => {
  withGoals(bought);
  server.use(
    http.get(`${api}/report`, () =>
      HttpResponse.json({
        ...report,
        goals: [{ id: "goal_1", name: "Bought", conversions: 12, conversion_rate_percent: 3.4 }],
      }),
    ),
  );
  renderAt(address);
  const goals = await screen.findByRole("region", { name: "All goals" });
  expect(await within(goals).findByText("12 times")).toBeVisible();
  expect(goals.textContent?.replaceAll("\u202f", " ")).toContain("3.4 %");
});

test("a goal tells what it would have counted while it is written, and is made", async () => {
  const made: Goal[] = [];
  server.use(
    http.get(`${api}/goals`, () => HttpResponse.json({ goals: made })),
    http.post(`${api}/goals`, async ({ request }) => {
      made.push({ ...bought, ...((await request.json()) as object) });
      return HttpResponse.json(made[0], { status: 201 });
    }),
  );
  previewOf({ visitors: 12, unique_visitors: 240, conversions: 15 });
  const { user } = renderAt(address);
  expect(await screen.findByText("No goals yet")).toBeVisible();
  const path = screen.getByLabelText("Path of the page");
  await user.type(path, "paid");
  expect(await screen.findByText("A path begins with a slash.")).toBeVisible();
  await user.clear(path);
  await user.type(path, "/paid");
  expect(await screen.findByText("12 visitors")).toBeVisible();
  expect(
    screen.getByText(/^of 240 \(5 %\) did this in the last 30 days, 15 times\.$/),
  ).toBeVisible();
  await user.type(screen.getByLabelText("Name of the goal"), "Paid");
  await user.click(screen.getByRole("button", { name: "Add goal" }));
  expect(await screen.findByText("Added. It counts what was before, too.")).toBeVisible();
  expect(screen.getByRole("button", { name: "Delete Paid" })).toBeVisible();
  expect(made[0]).toMatchObject({ name: "Paid", kind: "path", pattern: "/paid" });
});

test("a goal is deleted after a second question", async () => {
  const goals = [bought];
  server.use(
    http.get(`${api}/goals`, () => HttpResponse.json({ goals })),
    http.delete(`${api}/goals/goal_1`, () => {
      goals.length = 0;
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = renderAt(address);
  await user.click(await screen.findByRole("button", { name: "Delete Bought" }));
  await user.click(screen.getByRole("button", { name: "Keep it" }));
  await user.click(screen.getByRole("button", { name: "Delete Bought" }));
  await user.click(screen.getByRole("button", { name: "Delete goal" }));
  expect(await screen.findByText("No goals yet")).toBeVisible();
});

test("whoever only looks sees the goals and no way to change them", async () => {
  withGoals(bought);
  server.use(http.get(api, () => HttpResponse.json({ ...shop, role: "viewer" })));
  renderAt(address);
  expect(await screen.findByText("Bought")).toBeVisible();
  expect(screen.queryByRole("button", { name: /Delete/ })).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Add goal" })).not.toBeInTheDocument();
});
