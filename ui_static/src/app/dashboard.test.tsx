import { act, screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeWebSocket } from "@/testing/FakeWebSocket";
import { problem } from "@/testing/handlers";
import { emptyReport, report, shop, silence, summary, timeseries } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const address = `/sites/${shop.site_id}`;
const site = `/api/sites/${shop.site_id}`;
const plain = (element: HTMLElement) => element.textContent?.replaceAll("\u202f", " ");

beforeEach(() => {
  vi.stubGlobal("WebSocket", FakeWebSocket);
  FakeWebSocket.opened = [];
  vi.useFakeTimers({ now: new Date("2025-09-17T12:00:00Z"), toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The days of every report that was asked for, as they are asked for. */
function recordRanges(): string[] {
  const asked: string[] = [];
  server.use(
    http.get(`${site}/report`, ({ request }) => {
      const { searchParams } = new URL(request.url);
      asked.push(`${searchParams.get("from")} ${searchParams.get("to")}`);
      return HttpResponse.json(report);
    }),
  );
  return asked;
}

test("the tiles show the report in short, and in full on hover", async () => {
  renderAt(address);
  const pageviews = await screen.findByTestId("tile-pageviews");
  expect(pageviews).toHaveTextContent("51.2k");
  const { title } = screen.getByRole("tab", { name: "Pageviews" });
  expect(title.replaceAll("\u202f", " ")).toBe("51 184 pageviews");
  expect(plain(screen.getByTestId("tile-avg_time"))).toBe("3:06 min");
  expect(plain(screen.getByTestId("tile-load_ms"))).toBe("1.7 s");
});

test("a tile chooses what the chart shows, and the table says the same", async () => {
  const { user } = renderAt(address);
  expect(await screen.findByRole("table", { name: "Visitors per day" })).toBeInTheDocument();
  await user.click(screen.getByRole("tab", { name: "Bounce rate" }));
  const table = screen.getByRole("table", { name: "Bounce rate per day" });
  expect(plain(table)).toContain("Sat 13 Sept 202530 %, not over yet");
  await user.keyboard("{ArrowRight}");
  expect(screen.getByRole("tab", { name: "Time on site" })).toHaveFocus();
  expect(screen.getByRole("table", { name: "Time on site per day" })).toBeInTheDocument();
});

test("the days come from the address and change with keys", async () => {
  const asked = recordRanges();
  const { router, user } = renderAt(`${address}?from=2025-08-01&to=2025-08-31`);
  await waitFor(() => expect(asked).toEqual(["2025-08-01 2025-08-31"]));
  await screen.findByRole("button", { name: "1 Aug – 31 Aug 2025" });
  await user.keyboard(",");
  await waitFor(() => expect(asked.at(-1)).toBe("2025-07-01 2025-07-31"));
  await user.keyboard("t");
  await waitFor(() => expect(asked.at(-1)).toBe("2025-09-17 2025-09-17"));
  expect(router.state.location.search).toBe("?range=today");
});

test("typed days are checked before they are shown", async () => {
  const asked = recordRanges();
  const { user } = renderAt(address);
  await user.click(await screen.findByRole("button", { name: "Last 7 days" }));
  const from = screen.getByLabelText("From");
  await user.clear(from);
  await user.type(from, "2025-09-20");
  await user.click(screen.getByRole("button", { name: "Show these days" }));
  expect(screen.getByRole("alert")).toHaveTextContent("The first day is after the last one.");
  expect(asked).toHaveLength(1);
});

test("top pages stand in rows; an unknown time is a dash", async () => {
  renderAt(address);
  const rows = await screen.findAllByTestId("page-row");
  expect(plain(rows[0] as HTMLElement)).toBe("/boots/winter-2026Winter boots801201:15 min");
  expect(plain(rows[1] as HTMLElement)).toBe("/5060–");
});

test("a site without any event is led to its snippet", async () => {
  server.use(
    http.get(`${site}/status`, () => HttpResponse.json(silence)),
    http.get(`${site}/report`, () => HttpResponse.json(emptyReport)),
    http.get(`${site}/timeseries`, () => HttpResponse.json(timeseries([0, 0]))),
    http.get(`${site}/top-pages`, () => HttpResponse.json({ pages: [], total: 0 })),
  );
  renderAt(address);
  expect(await screen.findByRole("link", { name: "Get the snippet" })).toHaveAttribute(
    "href",
    `${address}/snippet`,
  );
  expect(screen.getByTestId("tile-visitors")).toHaveTextContent("0");
  expect(screen.getByTestId("tile-bounce_rate")).toHaveTextContent("–");
  expect(screen.getByText("No pages in these days")).toBeVisible();
});

test("a panel that fails says why and can be tried again", async () => {
  server.use(
    http.get(`${site}/top-pages`, () => problem(503, "The database is busy."), { once: true }),
  );
  const { user } = renderAt(address);
  const panel = await screen.findByRole("region", { name: "Pages" });
  expect(await within(panel).findByText("The database is busy.")).toBeVisible();
  expect(await screen.findByTestId("tile-visits")).toBeVisible();
  await user.click(within(panel).getByRole("button", { name: "Try again" }));
  expect(await within(panel).findAllByTestId("page-row")).toHaveLength(2);
});

test("somebody else's site is not here", async () => {
  server.use(http.get(site, () => problem(404, "There is no such website.")));
  renderAt(address);
  expect(await screen.findByText("This website is not here")).toBeVisible();
});

async function greeted() {
  await waitFor(() => expect(FakeWebSocket.opened).toHaveLength(1));
  act(() =>
    FakeWebSocket.last.tell({ type: "hello", data: { current_summary: summary, recent: [] } }),
  );
}

test("a push moves the numbers of today at once and asks for the report again", async () => {
  const asked = recordRanges();
  renderAt(`${address}?range=today`);
  await screen.findByTestId("tile-visitors");
  await greeted();
  expect(asked).toHaveLength(1);
  act(() =>
    FakeWebSocket.last.tell({
      type: "metrics_update",
      data: {
        timestamp: "2025-09-17T12:00:00Z",
        delta: { visitors: 1, pageviews: 2 },
        current_summary: { ...summary, visitors_today: 14, current_visitors: 5 },
        recent: [
          {
            ts: "2025-09-17T11:59:59Z",
            event_type: "pageview",
            path: "/new",
            country: null,
            source: "direct",
          },
        ],
      },
    }),
  );
  expect(screen.getByTestId("tile-visitors")).toHaveTextContent("14");
  expect(screen.getByTestId("live")).toHaveTextContent("live · 5 now");
  expect(screen.getByTestId("live")).toHaveAttribute("data-state", "receiving");
  expect(screen.getByRole("list", { name: "Newest events" })).toHaveTextContent("viewed /new");
  await waitFor(() => expect(asked).toHaveLength(2));
});

test("a push leaves days gone by alone", async () => {
  const asked = recordRanges();
  renderAt(`${address}?range=yesterday`);
  await screen.findByTestId("tile-visitors");
  await greeted();
  act(() =>
    FakeWebSocket.last.tell({
      type: "metrics_update",
      data: {
        timestamp: "2025-09-17T12:00:00Z",
        delta: { visitors: 1, pageviews: 1 },
        current_summary: { ...summary, current_visitors: 9 },
        recent: [],
      },
    }),
  );
  expect(await screen.findByText("live · 9 now")).toBeVisible();
  expect(asked).toHaveLength(1);
  expect(screen.getByTestId("tile-visitors")).toHaveTextContent("1 284");
});

test("after a break everything is asked for again", async () => {
  const asked = recordRanges();
  renderAt(`${address}?range=yesterday`);
  await screen.findByTestId("tile-visitors");
  await greeted();
  act(() => FakeWebSocket.last.breakOff());
  expect(screen.getByTestId("live")).toHaveAttribute("data-state", "reconnecting");
  await waitFor(() => expect(FakeWebSocket.opened).toHaveLength(2));
  act(() =>
    FakeWebSocket.last.tell({ type: "hello", data: { current_summary: summary, recent: [] } }),
  );
  await waitFor(() => expect(asked).toHaveLength(2));
});
