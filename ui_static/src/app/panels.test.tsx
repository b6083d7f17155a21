import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { breakdown } from "@/testing/breakdowns";
import { FakeWebSocket } from "@/testing/FakeWebSocket";
import { problem } from "@/testing/handlers";
import { report, shop } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const address = `/sites/${shop.site_id}?range=yesterday`;
const site = `/api/sites/${shop.site_id}`;

beforeEach(() => {
  vi.stubGlobal("WebSocket", FakeWebSocket);
  FakeWebSocket.opened = [];
  vi.useFakeTimers({ now: new Date("2025-09-17T12:00:00Z"), toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** What was asked about a dimension, as it is asked. */
function recordQuestions(dimension: string): URLSearchParams[] {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get(`${site}/breakdown`, ({ request }) => {
      const params = new URL(request.url).searchParams;
      if (params.get("dimension") === dimension) asked.push(params);
      return HttpResponse.json(breakdown(params));
    }),
  );
  return asked;
}

async function panel(name: string) {
  return within(await screen.findByRole("region", { name }));
}

/** What the browser is given to keep, as it is given. */
function recordSavedFiles(): Blob[] {
  const saved: Blob[] = [];
  const createObjectURL = (blob: Blob) => {
    saved.push(blob);
    return "blob:";
  };
  vi.stubGlobal(
    "URL",
    Object.assign(class extends URL {}, { createObjectURL, revokeObjectURL() {} }),
  );
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  return saved;
}

function textOf(blob: Blob | undefined): Promise<unknown> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsText(blob as Blob);
  });
}

/** The button of a value; by its test id, for names of everything on the page take their time. */
async function rowOf(dimension: string, value: string): Promise<HTMLElement> {
  const rows = await screen.findAllByTestId(`row-${dimension}`);
  const row = rows.find((each) => each.dataset.value === value);
  if (!row) throw new Error(`no row of ${value}`);
  return within(row).getByRole("button");
}

function filtersOf(router: { state: { location: { search: string } } }): unknown {
  return JSON.parse(new URLSearchParams(router.state.location.search).get("filters") ?? "[]");
}

async function openAll(user: ReturnType<typeof renderAt>["user"], region: string, button: RegExp) {
  await user.click(await (await panel(region)).findByRole("button", { name: button }));
  return within(await screen.findByRole("dialog"));
}

test("a row names its value as people do, with its visits and their share", async () => {
  renderAt(address);
  const row = await (await panel("Countries")).findByRole("button", { name: /Germany/ });
  expect(row).toHaveTextContent("Germany50050");
});

test("a click on a row keeps its visits, a second one shows all again", async () => {
  const { router, user } = renderAt(address);
  const row = () => rowOf("source", "organic");
  await user.click(await row());
  expect(filtersOf(router)).toEqual([["source", "is", ["organic"]]]);
  expect(await row()).toHaveAttribute("aria-pressed", "true");
  await user.click(await row());
  expect(filtersOf(router)).toEqual([]);
});

test("with Shift a click leaves the visits of a row out", async () => {
  const { router, user } = renderAt(address);
  const row = await rowOf("source", "organic");
  await user.keyboard("{Shift>}");
  await user.click(row);
  await user.keyboard("{/Shift}");
  expect(filtersOf(router)).toEqual([["source", "is not", ["organic"]]]);
});

test("a page's row filters by its path", async () => {
  const { router, user } = renderAt(address);
  await user.click(await (await panel("Pages")).findByRole("button", { name: /winter-2026/ }));
  expect(filtersOf(router)).toEqual([["page", "is", ["/boots/winter-2026"]]]);
});

test("tabs show other rows of the same panel, campaigns by what their links say", async () => {
  const { user } = renderAt(address);
  const sources = await panel("Sources");
  await user.click(sources.getByRole("tab", { name: "Campaigns" }));
  expect(await sources.findByRole("button", { name: /spring sale/ })).toBeVisible();
  await user.selectOptions(sources.getByRole("combobox"), "Source");
  expect(await sources.findByRole("button", { name: /letter/ })).toBeVisible();
});

test("where filters leave nothing, the way back is beside it", async () => {
  const filters = encodeURIComponent('[["source","is",["paid"]]]');
  const { router, user } = renderAt(`${address}&filters=${filters}`);
  const technology = await panel("Technology");
  await user.click(technology.getByRole("tab", { name: "Screens" }));
  expect(await technology.findByText("No screen sizes match these filters")).toBeVisible();
  await user.click(technology.getByRole("button", { name: "Show all visits" }));
  expect(filtersOf(router)).toEqual([]);
  expect(await technology.findByText("No screen sizes in these days")).toBeVisible();
});

test("a panel that fails says why and can be tried again, the others stay", async () => {
  let refuse = true;
  server.use(
    http.get(`${site}/breakdown`, ({ request }) => {
      const params = new URL(request.url).searchParams;
      if (params.get("dimension") === "country" && refuse) {
        return problem(503, "The database is busy.");
      }
      return HttpResponse.json(breakdown(params));
    }),
  );
  const { user } = renderAt(address);
  const countries = await panel("Countries");
  expect(await countries.findByText("The database is busy.")).toBeVisible();
  expect(await rowOf("source", "organic")).toBeVisible();
  refuse = false;
  await user.click(countries.getByRole("button", { name: "Try again" }));
  expect(await countries.findByRole("button", { name: /Germany/ })).toBeVisible();
});

test("all rows are paged, searched and sorted by the program", async () => {
  const asked = recordQuestions("referrer");
  const { user } = renderAt(address);
  const sources = await panel("Sources");
  await user.click(sources.getByRole("tab", { name: "Referrers" }));
  const all = await openAll(user, "Sources", /^All 120/);
  expect(await all.findByRole("status")).toHaveTextContent("1–50 of 120");
  await user.click(all.getByRole("button", { name: "Next" }));
  await waitFor(() => expect(all.getByRole("status")).toHaveTextContent("51–100 of 120"));
  expect(asked.at(-1)?.get("offset")).toBe("50");
  await user.type(all.getByRole("searchbox"), "blog-11");
  await waitFor(() => expect(all.getByRole("status")).toHaveTextContent("1–11 of 11"));
  expect(asked.at(-1)?.get("search")).toBe("blog-11");
  await user.click(all.getByRole("button", { name: "Referrer" }));
  await waitFor(() => expect(asked.at(-1)?.get("sort")).toBe("value"));
  expect(asked.at(-1)?.get("order")).toBe("asc");
  expect(all.getByRole("columnheader", { name: "Referrer" })).toHaveAttribute(
    "aria-sort",
    "ascending",
  );
});

test("all countries are found by name; a row can be left out, and the table makes way", async () => {
  const { router, user } = renderAt(address);
  const all = await openAll(user, "Countries", /^All 4/);
  await user.click(all.getByRole("region"));
  await user.keyboard("t");
  expect(router.state.location.search).toBe("?range=yesterday");
  await user.type(await all.findByRole("searchbox"), "switz");
  await waitFor(() => expect(all.getAllByTestId("all-row")).toHaveLength(1));
  await user.click(all.getByRole("button", { name: "Leave out Switzerland" }));
  expect(filtersOf(router)).toEqual([["country", "is not", ["CH"]]]);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("the table of all pages has their titles", async () => {
  const { user } = renderAt(address);
  const all = await openAll(user, "Pages", /^All/);
  expect(await all.findByText("Winter boots")).toBeVisible();
});

test("the file of a table holds its rows, and nothing that a spreadsheet would run", async () => {
  const saved = recordSavedFiles();
  const { user } = renderAt(address);
  const sources = await panel("Sources");
  await user.click(sources.getByRole("tab", { name: "Campaigns" }));
  const all = await openAll(user, "Sources", /^All 1 /);
  await user.click(await all.findByRole("button", { name: "CSV of these rows" }));
  expect(await textOf(saved[0])).toBe(
    "Campaign,Value,Visitors,Visits,Pageviews,Percent of visits\r\n" +
      "'=spring sale,'=spring sale,9,10,30,100\r\n",
  );
});

test("goals stand with their conversions and rates, events beside them", async () => {
  const made = { kind: "event", pattern: "signup" };
  const goals = [
    { id: "g", name: "Sign-up", ...made, conversions: 12, conversion_rate_percent: 3.7 },
  ];
  server.use(http.get(`${site}/report`, () => HttpResponse.json({ ...report, goals })));
  const { router, user } = renderAt(address);
  const goalsAndEvents = await panel("Goals and events");
  const row = await goalsAndEvents.findByRole("row", { name: /Sign-up/ });
  expect(row.textContent?.replaceAll("\u202f", " ")).toBe("Sign-up123.7 %");
  await user.click(goalsAndEvents.getByRole("tab", { name: "Events" }));
  await user.click(await goalsAndEvents.findByRole("button", { name: /^signup/ }));
  expect(filtersOf(router)).toEqual([["event", "is", ["signup"]]]);
});

test("loading times are said in words", async () => {
  renderAt(address);
  const speed = await screen.findByRole("region", { name: "Speed" });
  await waitFor(() =>
    expect(speed.textContent?.replaceAll("\u202f", " ")).toContain(
      "Three of four took at most p752 s",
    ),
  );
});

test("web vitals stand beside them with what they are worth, and for each page", async () => {
  const { router, user } = renderAt(address);
  const speed = await panel("Speed");
  const lcp = (await speed.findByText("Could be better")).parentElement;
  expect(lcp?.textContent?.replaceAll("\u202f", " ")).toContain("2.6 s");
  expect(speed.getByText("Not measured yet")).toBeVisible();
  await user.click(speed.getByRole("tab", { name: "Each page" }));
  const row = speed.getByRole("row", { name: /boots/ });
  expect(row.textContent?.replaceAll("\u202f", " ")).toBe("/boots4.2 s, poor––");
  await user.click(within(row).getByRole("button"));
  expect(filtersOf(router)).toEqual([["page", "is", ["/boots"]]]);
});

test("what share of visitors cannot be recognised is said", async () => {
  const shares = { new_percent: 80, returning_percent: 20, unrecognisable_percent: 31.5 };
  server.use(
    http.get(`${site}/report`, () => HttpResponse.json({ ...report, new_vs_returning: shares })),
  );
  renderAt(address);
  const said = await (await panel("New and returning")).findByText(/cannot be recognised/);
  expect(said.textContent?.replaceAll("\u202f", " ")).toContain("31.5 % of visitors");
});
