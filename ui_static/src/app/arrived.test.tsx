import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { problem } from "@/testing/handlers";
import { ledger, quarantine, shop } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const address = `/sites/${shop.site_id}/arrived`;
const site = `/api/sites/${shop.site_id}`;
const plain = (element: HTMLElement) => element.textContent?.replaceAll("\u202f", " ");

beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2025-09-17T12:00:00Z"), toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

test("every line of the sum is there, and whether it adds up", async () => {
  renderAt(address);
  const sum = await screen.findByRole("region", { name: "The sum" });
  expect(plain(await within(sum).findByTestId("arrived"))).toBe("1 500");
  const lines = within(sum).getAllByRole("row").map(plain);
  expect(lines).toEqual([
    expect.stringMatching(/^Counted.*1 460$/),
    expect.stringMatching(/^Sent twice.*7$/),
    expect.stringMatching(/^Bots.*30$/),
    expect.stringMatching(/^Other hosts.*3$/),
    expect.stringMatching(/^Set aside.*0$/),
    "Arrived1 500",
  ]);
  expect(within(sum).getByText("Adds up")).toBeVisible();
  expect(within(sum).getByText(/4 events were refused/)).toBeVisible();
});

test("the days stand in a table, the latest first, each with its own balance", async () => {
  const [first, second] = ledger.days;
  server.use(
    http.get(`${site}/ledger`, () =>
      HttpResponse.json({ ...ledger, days: [first, { ...second, balanced: false }] }),
    ),
  );
  renderAt(address);
  const table = await screen.findByRole("table", { name: /each day/ });
  const rows = within(table)
    .getAllByRole("row")
    .slice(1)
    .map((row) => [...row.children].map((cell) => plain(cell as HTMLElement)));
  expect(rows).toEqual([
    ["Wed 17 Sept 2025", "1 100", "1 080", "20", "2", "18", "0", "Does not add up"],
    ["Tue 16 Sept 2025", "400", "380", "20", "5", "15", "0", "Adds up"],
  ]);
});

test("the days asked for come from the address, as days of UTC", async () => {
  const asked: string[] = [];
  server.use(
    http.get(`${site}/ledger`, ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json(ledger);
    }),
  );
  const { user } = renderAt(`${address}?from=2025-08-01&to=2025-08-31`);
  await waitFor(() => expect(asked).toEqual(["?from=2025-08-01&to=2025-08-31"]));
  await screen.findByTestId("arrived");
  await user.keyboard("t");
  await waitFor(() => expect(asked.at(-1)).toBe("?from=2025-09-17&to=2025-09-17"));
});

test("bots and other hosts are named with their numbers", async () => {
  renderAt(address);
  const bots = await screen.findByRole("region", { name: "Bots that came by" });
  expect(await within(bots).findByText(/Googlebot/)).toBeVisible();
  expect(within(bots).getAllByRole("listitem")).toHaveLength(1);
  const hosts = screen.getByRole("region", { name: "Other hosts" });
  expect(await within(hosts).findByText("localhost")).toBeVisible();
});

test("days without an event say so", async () => {
  const nothing = { ...ledger.total, received: 0, stored: 0, duplicates: 0, rejected: 0 };
  server.use(
    http.get(`${site}/ledger`, () =>
      HttpResponse.json({ days: [], total: { ...nothing, ignored: {} } }),
    ),
    http.get(`${site}/quarantine`, () =>
      HttpResponse.json({ ...quarantine, events: 0, reasons: [], agents: [], hosts: [] }),
    ),
  );
  renderAt(address);
  expect(await screen.findAllByText("Nothing arrived in these days")).toHaveLength(2);
  expect(screen.getAllByText("None in these days")).toHaveLength(2);
});

test("a sum that cannot be had says why and can be tried again", async () => {
  server.use(http.get(`${site}/ledger`, () => problem(503, "The database is busy.")));
  const { user } = renderAt(address);
  const sum = await screen.findByRole("region", { name: "The sum" });
  expect(await within(sum).findByText("The database is busy.")).toBeVisible();
  server.use(http.get(`${site}/ledger`, () => HttpResponse.json(ledger)));
  await user.click(within(sum).getByRole("button", { name: "Try again" }));
  expect(await within(sum).findByTestId("arrived")).toBeVisible();
});
