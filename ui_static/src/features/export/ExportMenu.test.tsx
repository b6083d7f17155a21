import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { HttpResponse, http } from "msw";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { problem } from "@/testing/handlers";
import { shop } from "@/testing/people";
import { server } from "@/testing/server";
import { ExportMenu } from "./ExportMenu";

const address = `/api/sites/${shop.site_id}/export`;
const view = {
  range: { from: "2025-09-01", to: "2025-09-17" },
  filters: [{ dimension: "source", operator: "is", values: ["organic"] }],
} as const;

beforeEach(() => {
  URL.createObjectURL = () => "blob:file";
  URL.revokeObjectURL = () => {};
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function opened() {
  const user = userEvent.setup();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ExportMenu site={shop} view={view} />
    </QueryClientProvider>,
  );
  await user.click(screen.getByRole("button", { name: "Export" }));
  return user;
}

test("what the page shows is asked for and saved under the program's name for it", async () => {
  let asked: URLSearchParams | undefined;
  server.use(
    http.get(`${address}/progress`, () => HttpResponse.json({ done: null })),
    http.get(address, ({ request }) => {
      asked = new URL(request.url).searchParams;
      const headers = { "Content-Disposition": "attachment; filename=shoe-shop-visits.ndjson" };
      return new HttpResponse("{}", { headers });
    }),
  );
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    saved.push(this.download);
  });
  const user = await opened();
  await user.click(screen.getByRole("radio", { name: "Visits" }));
  await user.click(screen.getByRole("radio", { name: "JSON" }));
  await user.click(screen.getByRole("button", { name: "Download" }));
  expect(await screen.findByText("The file was handed to your browser.")).toBeInTheDocument();
  expect(saved).toEqual(["shoe-shop-visits.ndjson"]);
  expect(Object.fromEntries(asked ?? [])).toEqual({
    what: "visits",
    format: "json",
    from: "2025-09-01",
    to: "2025-09-17",
    filters: '[["source","is",["organic"]]]',
  });
});

test("how far the file is stands there while it is made", async () => {
  let finish = () => {};
  const made = new Promise<void>((resolve) => {
    finish = resolve;
  });
  server.use(
    http.get(address, async () => {
      await made;
      return new HttpResponse("a,b");
    }),
    http.get(`${address}/progress`, () => HttpResponse.json({ done: 0.4 })),
  );
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  const user = await opened();
  await user.click(screen.getByRole("radio", { name: "Events" }));
  await user.click(screen.getByRole("button", { name: "Download" }));
  expect(await screen.findByRole("progressbar", { name: "Making the file…" })).toHaveValue(40);
  finish();
  expect(await screen.findByText("The file was handed to your browser.")).toBeInTheDocument();
  expect(screen.queryByRole("progressbar")).toBeNull();
});

test("a file that could not be made says why, and can be asked for again", async () => {
  server.use(http.get(address, () => problem(503, "Two other exports are being made.")));
  const user = await opened();
  await user.click(screen.getByRole("button", { name: "Download" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Two other exports are being made.");
  expect(screen.getByRole("button", { name: "Download" })).toBeEnabled();
});
