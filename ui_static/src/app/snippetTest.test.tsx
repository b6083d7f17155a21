import { act, screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RecentEvent, SiteStatus } from "@/api/types";
import { FakeWebSocket } from "@/testing/FakeWebSocket";
import { shop, silence, snippet, status, summary } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const address = `/sites/${shop.site_id}/snippet`;
const api = `/api/sites/${shop.site_id}`;
const REFUSED_AT = "2025-09-17T12:30:05Z";

let told: SiteStatus;

const visit = (path: string, second: string): RecentEvent => ({
  ts: `2025-09-17T12:30:${second}Z`,
  event_type: "pageview",
  path,
  country: null,
  source: "direct",
});

beforeEach(() => {
  told = silence;
  vi.stubGlobal("WebSocket", FakeWebSocket);
  FakeWebSocket.opened = [];
  server.use(
    http.get(`${api}/snippet`, () => HttpResponse.json(snippet)),
    http.get(`${api}/status`, () => HttpResponse.json(told)),
  );
  // The link opens the website in another tab, which jsdom has none of.
  document.addEventListener("click", (event) => event.preventDefault(), { once: true });
});
afterEach(() => {
  vi.useRealTimers();
});

async function begun() {
  const page = renderAt(address);
  await page.user.click(await screen.findByRole("link", { name: "Test: open my website" }));
  return page;
}

async function toldAfterPatience(title: string) {
  vi.setSystemTime(Date.now() + 21_000);
  expect(await screen.findByText(title, undefined, { timeout: 5_000 })).toBeVisible();
}

test("the link opens the website in a tab that knows nothing of this one", async () => {
  renderAt(address);
  const link = await screen.findByRole("link", { name: "Test: open my website" });
  expect(link).toHaveAttribute("href", shop.url);
  expect(link).toHaveAttribute("target", "_blank");
  expect(link).toHaveAttribute("rel", "noopener noreferrer");
});

test("each event of the test shows as it is counted, those of before do not", async () => {
  told = status;
  const { user } = renderAt(address);
  await waitFor(() => expect(FakeWebSocket.opened).toHaveLength(1));
  const hello = { current_summary: summary, recent: [visit("/before", "00")] };
  act(() => FakeWebSocket.last.tell({ type: "hello", data: hello }));
  await user.click(await screen.findByRole("link", { name: "Test: open my website" }));
  expect(await screen.findByText("Watching")).toBeVisible();
  act(() =>
    FakeWebSocket.last.tell({
      type: "metrics_update",
      data: {
        timestamp: REFUSED_AT,
        delta: { visitors: 1, pageviews: 1 },
        current_summary: summary,
        recent: [visit("/boots", "04")],
      },
    }),
  );
  const events = screen.getByRole("list", { name: "Events of this test" });
  expect(within(events).getAllByRole("listitem")).toHaveLength(1);
  expect(events).toHaveTextContent("pageview /boots");
  expect(screen.getByText("It works")).toBeVisible();
  expect(screen.getByTestId("first-visitor")).toHaveAttribute("data-state", "received");
});

test.each([
  [{ reason: "wrong_key", host: null }, "An event arrived with a wrong key"],
  [{ reason: "excluded_host", host: "copy.example" }, "An event from copy.example was left out"],
  [{ reason: "bot", host: null }, "An event of a bot was left out"],
  [{ reason: "rejected", host: null }, "An event was refused because fields in it are wrong"],
  [{ reason: "limited", host: null }, "More events arrive than this website may send"],
] as const)("what stands in the way is told at once: %o", async (refusal, title) => {
  await begun();
  const refusals = [{ ...refusal, at: REFUSED_AT }];
  told = { ...silence, contact: { ...silence.contact, refusals } };
  expect(await screen.findByText(title, undefined, { timeout: 5_000 })).toBeVisible();
});

test("an obstacle of before the test is none of the test", async () => {
  told = {
    ...status,
    contact: {
      ...status.contact,
      refusals: [{ reason: "wrong_key", at: "2025-09-17T12:29:59Z", host: null }],
    },
  };
  await begun();
  expect(await screen.findByText("Watching")).toBeVisible();
  expect(screen.queryByText("An event arrived with a wrong key")).not.toBeInTheDocument();
});

test("after twenty seconds without anything it is told what to look at", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await begun();
  expect(screen.queryByText("Nothing was heard from your website")).not.toBeInTheDocument();
  await toldAfterPatience("Nothing was heard from your website");
  expect(
    screen.getByText("script-src https://stats.example; connect-src https://stats.example"),
  ).toBeVisible();
});

test("a script that sends nothing is told apart from one that was never asked for", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  await begun();
  told = { ...silence, contact: { ...silence.contact, script_at: REFUSED_AT } };
  await toldAfterPatience("The script was loaded, but no event came");
  expect(screen.getByText("Script loaded")).toHaveTextContent(": yes");
});

test("a page with https and a program without are told to be the reason", async () => {
  const script_url = "http://stats.example/analytics.js";
  server.use(http.get(`${api}/snippet`, () => HttpResponse.json({ ...snippet, script_url })));
  vi.useFakeTimers({ toFake: ["Date"] });
  await begun();
  await toldAfterPatience("Nothing was heard from your website");
  expect(screen.getByText(/“Browsers will refuse the script”/)).toBeVisible();
});
