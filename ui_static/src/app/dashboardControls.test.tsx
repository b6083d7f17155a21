import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Report } from "@/api/types";
import { FakeWebSocket } from "@/testing/FakeWebSocket";
import { problem } from "@/testing/handlers";
import { emptyReport, report, shop, timeseries } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const address = `/sites/${shop.site_id}`;
const site = `/api/sites/${shop.site_id}`;
const search = (router: ReturnType<typeof renderAt>["router"]) =>
  new URLSearchParams(router.state.location.search);

const EARLIER = { date_range: "2025-09-04 to 2025-09-10", until: null };
const compared: Report = {
  ...report,
  comparison: { ...report, unique_visitors: 1000, ...EARLIER },
};

beforeEach(() => {
  vi.stubGlobal("WebSocket", FakeWebSocket);
  vi.useFakeTimers({ now: new Date("2025-09-17T12:00:00Z"), toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

function answerReport(answer: Report) {
  server.use(http.get(`${site}/report`, () => HttpResponse.json(answer)));
}

describe("the days", () => {
  test("are chosen by name, which the address keeps", async () => {
    const { router, user } = renderAt(address);
    await user.click(await screen.findByRole("button", { name: "Last 7 days" }));
    await user.click(screen.getByRole("button", { name: "This month" }));
    expect(await screen.findByRole("button", { name: "This month" })).toBeVisible();
    expect(search(router).get("range")).toBe("month");
  });

  test("are two clicks in the calendar, in either order", async () => {
    const { router, user } = renderAt(address);
    await user.click(await screen.findByRole("button", { name: "Last 7 days" }));
    // Its library comes when it is opened, from many small files.
    const calendar = await screen.findByRole("dialog", { name: "Days" });
    const day = (label: string) =>
      within(calendar).findByRole("button", { name: label }, { timeout: 25_000 });
    await user.click(await day("Tuesday, 9 September 2025"));
    await user.click(await day("Wednesday, 3 September 2025"));
    await waitFor(() => expect(search(router).toString()).toBe("from=2025-09-03&to=2025-09-09"));
  }, 60_000);

  test("do not change by a key while somebody types", async () => {
    const { router, user } = renderAt(address);
    await screen.findByTestId("tile-visitors");
    await user.keyboard("/");
    await user.type(await screen.findByLabelText("Value"), "twym");
    expect(search(router).toString()).toBe("");
  });

  test("have keys, which a question mark lists", async () => {
    const { user } = renderAt(address);
    await screen.findByTestId("tile-visitors");
    await user.keyboard("?");
    const list = await screen.findByRole("dialog", { name: "Keyboard shortcuts" });
    expect(within(list).getByText("Last 30 days")).toBeVisible();
  });
});

describe("the comparison", () => {
  test("says how far a figure moved and against which days", async () => {
    answerReport(compared);
    renderAt(address);
    const tab = await screen.findByRole("tab", { name: "Visitors" });
    await waitFor(() =>
      expect(tab).toHaveAccessibleDescription(/28\s% more than 4 Sept – 10 Sept 2025: 1\s000/),
    );
  });

  test("stands in the chart's table as the program tells the earlier days", async () => {
    answerReport(compared);
    const asked: (string | null)[] = [];
    server.use(
      http.get(`${site}/timeseries`, ({ request }) => {
        const from = new URL(request.url).searchParams.get("from");
        asked.push(from);
        return HttpResponse.json(timeseries(from === "2025-09-04" ? [7, 8, 9] : [10, 20, 30]));
      }),
    );
    renderAt(address);
    const table = await screen.findByRole("table", { name: "Visitors per day" });
    await waitFor(() => expect(within(table).getAllByRole("row")[1]).toHaveTextContent(/107$/));
    expect(within(table).getByRole("columnheader", { name: /4 Sept – 10 Sept/ })).toBeVisible();
    expect(asked).toEqual(["2025-09-11", "2025-09-04"]);
  });

  describe("without a visit up to the time of now", () => {
    function dashboardAfter(earlier: number[]) {
      const until = "2025-09-10T06:00:00Z";
      const nothing = { ...report, ...EARLIER, visits: 0, total_pageviews: 0, until };
      answerReport({ ...compared, comparison: nothing });
      server.use(
        http.get(`${site}/timeseries`, ({ request }) => {
          const from = new URL(request.url).searchParams.get("from");
          return HttpResponse.json(timeseries(from === "2025-09-04" ? earlier : [10, 20]));
        }),
      );
      renderAt(address);
    }

    test("draws what came later", async () => {
      dashboardAfter([0, 4]);
      expect(await screen.findByRole("columnheader", { name: /4 Sept – 10 Sept/ })).toBeVisible();
    });

    test("says so where nothing came later", async () => {
      dashboardAfter([0, 0]);
      expect(await screen.findByText(/no visits 4 Sept/)).toBeVisible();
    });
  });

  test("is chosen in a menu and kept in the address", async () => {
    const { router, user } = renderAt(address);
    await user.click(await screen.findByRole("button", { name: /Compare:/ }));
    await user.click(screen.getByRole("button", { name: "The same days a year before" }));
    expect(search(router).get("compare")).toBe("previous_year");
    expect(await screen.findByRole("button", { name: "Compare: year before" })).toBeVisible();
  });

  test("can be taken away where it is what keeps the numbers from being shown", async () => {
    server.use(
      http.get(`${site}/report`, ({ request }) =>
        new URL(request.url).searchParams.has("compare")
          ? problem(422, "The visits of some of these days are gone.")
          : HttpResponse.json(report),
      ),
    );
    const { user } = renderAt(address);
    await user.click(await screen.findByRole("button", { name: "Do not compare" }));
    await waitFor(() => expect(screen.getByTestId("tile-visitors")).toHaveTextContent(/1\s284/));
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  });
});

function suggest(rows: string[]) {
  server.use(
    http.get(`${site}/breakdown`, ({ request }) =>
      HttpResponse.json({
        dimension: new URL(request.url).searchParams.get("dimension"),
        rows: rows.map((value) => ({ value, visitors: 5, visits: 6, pageviews: 7, percent: 50 })),
        total: rows.length,
      }),
    ),
  );
}

describe("filters", () => {
  test("are made from values there are, and the browser's back takes them away", async () => {
    suggest(["DE", "FR"]);
    const { router, user } = renderAt(address);
    await screen.findByTestId("tile-visitors");
    await user.keyboard("/");
    await user.selectOptions(await screen.findByLabelText("What"), "Country");
    await user.click(await screen.findByRole("checkbox", { name: /Germany/ }));
    await user.click(screen.getByRole("checkbox", { name: /France/ }));
    await user.click(screen.getByRole("button", { name: "Add the filter" }));
    expect(search(router).get("filters")).toBe('[["country","is",["DE","FR"]]]');
    const label = "Remove the filter: Country is Germany or France";
    expect(await screen.findByRole("button", { name: label })).toBeVisible();
    await router.navigate(-1);
    await waitFor(() =>
      expect(screen.queryByRole("button", { name: label })).not.toBeInTheDocument(),
    );
  });

  test("are made from what is typed, with any operator", async () => {
    suggest([]);
    const { router, user } = renderAt(address);
    await user.click(await screen.findByRole("button", { name: "Filter" }));
    await user.selectOptions(screen.getByLabelText("How"), "does not contain");
    await user.type(screen.getByLabelText("Value"), " /checkout {Enter}");
    expect(search(router).get("filters")).toBe('[["page","does not contain",["/checkout"]]]');
  });

  test("find values beyond the most frequent ones", async () => {
    server.use(
      http.get(`${site}/breakdown`, ({ request }) => {
        const { searchParams } = new URL(request.url);
        const value = searchParams.get("search") === "rare" ? "/very/rare" : "/";
        const row = { value, visitors: 1, visits: 1, pageviews: 1, percent: 1 };
        return HttpResponse.json({
          dimension: searchParams.get("dimension"),
          rows: [row],
          total: 1,
        });
      }),
    );
    const { user } = renderAt(address);
    await user.click(await screen.findByRole("button", { name: "Filter" }));
    await user.type(screen.getByLabelText("Value"), "rare");
    expect(await screen.findByRole("checkbox", { name: /very\/rare/ })).toBeVisible();
  });

  test("need a value", async () => {
    suggest([]);
    const { router, user } = renderAt(address);
    await user.click(await screen.findByRole("button", { name: "Filter" }));
    await user.click(screen.getByRole("button", { name: "Add the filter" }));
    expect(screen.getByText("Choose or type at least one value.")).toBeVisible();
    expect(search(router).toString()).toBe("");
  });

  test("are changed and removed where they stand", async () => {
    suggest(["organic", "direct"]);
    const filters = '[["source","is",["organic"]],["page","is",["/"]]]';
    const { router, user } = renderAt(`${address}?${new URLSearchParams({ filters })}`);
    await user.click(await screen.findByRole("button", { name: "Source is Organic" }));
    await user.click(await screen.findByRole("checkbox", { name: /Direct/ }));
    await user.click(screen.getByRole("button", { name: "Change the filter" }));
    expect(search(router).get("filters")).toBe(
      '[["source","is",["organic","direct"]],["page","is",["/"]]]',
    );
    await user.click(screen.getByRole("button", { name: "Remove the filter: Page is /" }));
    expect(search(router).get("filters")).toBe('[["source","is",["organic","direct"]]]');
  });

  test("that keep no visit say so and can be taken away", async () => {
    answerReport(emptyReport);
    server.use(http.get(`${site}/timeseries`, () => HttpResponse.json(timeseries([0, 0]))));
    const filters = '[["source","is",["paid"]]]';
    const { router, user } = renderAt(`${address}?${new URLSearchParams({ filters })}`);
    const panel = await screen.findByRole("tabpanel", { name: "Visitors" });
    expect(await within(panel).findByText("No visits match these filters")).toBeVisible();
    await user.click(within(panel).getByRole("button", { name: "Show all visits" }));
    expect(search(router).toString()).toBe("");
  });
});

describe("the figures", () => {
  test("that the chart shows are in the address", async () => {
    const { router, user } = renderAt(`${address}?metric=load_ms`);
    expect(await screen.findByRole("table", { name: "Load time per day" })).toBeInTheDocument();
    await user.click(screen.getByRole("tab", { name: "Pageviews" }));
    expect(search(router).get("metric")).toBe("pageviews");
  });

  test("tell their rule and what they are made from", async () => {
    const { user } = renderAt(address);
    await screen.findByTestId("tile-visits");
    await user.click(await screen.findByRole("button", { name: "How Bounce rate is counted" }));
    const said = await screen.findByRole("dialog", { name: "Bounce rate" });
    expect(said).toHaveTextContent("exactly one pageview");
    expect(said.textContent?.replaceAll("\u202f", " ")).toContain(
      "From 1 702 visits and 51 184 pageviews.",
    );
  });

  test("know of no conversion without a goal", async () => {
    server.use(http.get(`${site}/timeseries`, () => HttpResponse.json(timeseries([0, 0]))));
    const { user } = renderAt(address);
    expect(await screen.findByTestId("tile-conversion_rate")).toHaveTextContent("–");
    await user.click(screen.getByRole("tab", { name: "Conversion" }));
    const chart = within(screen.getByRole("tabpanel", { name: "Conversion" }));
    expect(await chart.findByText("No goals yet")).toBeVisible();
  });

  test("say where visitors are added up", async () => {
    answerReport({ ...report, unique_visitors_exact: false });
    server.use(http.get(site, () => HttpResponse.json({ ...shop, facts_since: "2025-09-13" })));
    renderAt(address);
    expect(await screen.findByText(/Before Sat 13 Sept 2025 only sums are kept/)).toBeVisible();
  });
});
