import { act, screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeWebSocket } from "@/testing/FakeWebSocket";
import { report, shop, summary, timeseries, topPages } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const address = `/sites/${shop.site_id}`;
const site = `/api/sites/${shop.site_id}`;
const organic = '[["source","is",["organic"]]]';
const filtered = `${address}?range=today&filters=${encodeURIComponent(organic)}`;

beforeEach(() => {
  vi.stubGlobal("WebSocket", FakeWebSocket);
  FakeWebSocket.opened = [];
  vi.useFakeTimers({ now: new Date("2025-09-17T12:00:00Z"), toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const HOUR_END = "2025-09-17T13:00:00+00:00";
const ANSWERS = { report, timeseries: timeseries([10, 20, 30]), "top-pages": topPages };

/** What each of the page's questions carried, as they are asked. */
function recordQuestions() {
  const asked: { what: string; params: URLSearchParams }[] = [];
  for (const [what, answer] of Object.entries(ANSWERS)) {
    server.use(
      http.get(`${site}/${what}`, ({ request }) => {
        asked.push({ what, params: new URL(request.url).searchParams });
        return HttpResponse.json(answer);
      }),
    );
  }
  return asked;
}

test("every number on the page is asked for with the filters of the address", async () => {
  const asked = recordQuestions();
  renderAt(filtered);
  await screen.findByTestId("tile-visitors");
  await waitFor(() => expect(new Set(asked.map(({ what }) => what)).size).toBe(3));
  expect(asked.map(({ params }) => params.get("filters"))).toEqual(asked.map(() => organic));
});

test("the report is held against what the address says, by default the period before", async () => {
  const asked = recordQuestions();
  const compared = () => asked.find(({ what }) => what === "report")?.params.get("compare");
  renderAt(address);
  await waitFor(() => expect(compared()).toBe("previous_period"));
});

test("the last 24 hours are asked for up to the end of the hour on the site's clocks, by the hour", async () => {
  const asked = recordQuestions();
  renderAt(`${address}?range=24h`);
  await screen.findByTestId("tile-visitors");
  await waitFor(() => expect(new Set(asked.map(({ what }) => what)).size).toBe(3));
  for (const { params } of asked) {
    expect([params.get("range"), params.get("until"), params.get("from")]).toEqual([
      "24h",
      HOUR_END,
      null,
    ]);
  }
  expect(asked.find(({ what }) => what === "timeseries")?.params.get("granularity")).toBe("hour");
});

test("a step back from the last 24 hours goes to those before, and forward to the last again", async () => {
  const asked = recordQuestions();
  const { router, user } = renderAt(`${address}?range=24h`);
  await user.click(await screen.findByRole("button", { name: "Earlier days" }));
  const before = "2025-09-16T13:00:00+00:00";
  await waitFor(() => expect(asked.at(-1)?.params.get("until")).toBe(before));
  expect(new URLSearchParams(router.state.location.search).get("until")).toBe(before);
  await user.click(screen.getByRole("button", { name: "Later days" }));
  expect(router.state.location.search).toBe("?range=24h");
  expect(screen.getByRole("button", { name: "Later days" })).toBeDisabled();
});

test.each([
  ["previous_year", "previous_year"],
  ["none", null],
])("compare=%s in the address asks for %s", async (written, asked_for) => {
  const asked = recordQuestions();
  renderAt(`${address}?compare=${written}`);
  await screen.findByTestId("tile-visitors");
  expect(asked.find(({ what }) => what === "report")?.params.get("compare")).toBe(asked_for);
});

test("a push never shows the numbers of all visits where some are filtered", async () => {
  const asked = recordQuestions();
  renderAt(filtered);
  await screen.findByTestId("tile-visitors");
  await waitFor(() => expect(FakeWebSocket.opened).toHaveLength(1));
  const before = asked.length;
  act(() => {
    FakeWebSocket.last.tell({ type: "hello", data: { current_summary: summary, recent: [] } });
    FakeWebSocket.last.tell({
      type: "metrics_update",
      data: {
        timestamp: "2025-09-17T12:00:00Z",
        delta: { visitors: 1, pageviews: 1 },
        current_summary: { ...summary, visitors_today: 14 },
        recent: [],
      },
    });
  });
  expect(screen.getByTestId("tile-visitors")).toHaveTextContent("1 284");
  await waitFor(() => expect(asked.length).toBeGreaterThan(before));
});
