import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { ProbeForm, ProbeState } from "@/api/types";
import { shop, snippet } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const none: ProbeState = { probed_at: null, finding: null, detail: null, own_network: false };

/** What was asked of the program, which finds one after the other. */
function page(...found: Partial<ProbeState>[]): ProbeForm[] {
  const asked: ProbeForm[] = [];
  const path = `/api/sites/${shop.site_id}/probe`;
  server.use(
    http.get(`/api/sites/${shop.site_id}/snippet`, () => HttpResponse.json(snippet)),
    http.get(path, () => HttpResponse.json(none)),
    http.post(path, async ({ request }) => {
      asked.push((await request.json()) as ProbeForm);
      return HttpResponse.json({ ...none, probed_at: "2025-09-17T12:00:00Z", ...found.shift() });
    }),
  );
  return asked;
}

test("a look says what stops the code, and by which name", async () => {
  page({ finding: "forbidden", detail: "script-src https://stats.example" });
  const { user } = renderAt(`/sites/${shop.site_id}/snippet`);
  await user.click(await screen.findByRole("button", { name: "Look at my page" }));
  expect(
    await screen.findByText("Your page's Content-Security-Policy stops the code"),
  ).toBeVisible();
  expect(screen.getByText("script-src https://stats.example")).toBeVisible();
});

test("a page in the own network is looked at when that is allowed", async () => {
  const asked = page({ finding: "private", detail: "" }, { finding: "found", detail: "" });
  const { user } = renderAt(`/sites/${shop.site_id}/snippet`);
  await user.click(await screen.findByRole("button", { name: "Look at my page" }));
  await user.click(await screen.findByRole("button", { name: "Allow it, and look" }));
  expect(await screen.findByText("The code is in your page")).toBeVisible();
  expect(asked).toEqual([{ own_network: null }, { own_network: true }]);
});
