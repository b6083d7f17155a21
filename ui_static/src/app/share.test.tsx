import { act, screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import { breakdown } from "@/testing/breakdowns";
import { FakeWebSocket } from "@/testing/FakeWebSocket";
import { problem } from "@/testing/handlers";
import { report, shop, summary, timeseries, topPages, vitals } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const PASSWORD = "correct horse battery";
const opened = { site: shop, token: "sv_1", expires_in: 3600 };
const nobodys = () => problem(401, "Sign in first.");

let asked: string[];

beforeEach(() => {
  vi.stubGlobal("WebSocket", FakeWebSocket);
  FakeWebSocket.opened = [];
  asked = [];
  const site = `/api/sites/${shop.site_id}`;
  const shown = (body: object) => {
    return ({ request }: { request: Request }) => {
      asked.push(request.url);
      const token = new URL(request.url).searchParams.get("token");
      return token?.startsWith("sv_") ? HttpResponse.json(body) : nobodys();
    };
  };
  // Whoever comes by a link is nobody: all else is refused, and asking for it fails the test.
  server.use(
    http.post("/api/shares/open", () => HttpResponse.json(opened)),
    http.get(`${site}/report`, shown(report)),
    http.get(`${site}/timeseries`, shown(timeseries([10, 20, 30]))),
    http.get(`${site}/top-pages`, shown(topPages)),
    http.get(`${site}/vitals`, shown(vitals)),
    http.get(`${site}/breakdown`, ({ request }) =>
      shown(breakdown(new URL(request.url).searchParams))({ request }),
    ),
    http.all("/api/*", ({ request }) => {
      throw new Error(`asked for ${request.url}`);
    }),
  );
});

const greet = () =>
  act(() =>
    FakeWebSocket.last.tell({ type: "hello", data: { current_summary: summary, recent: [] } }),
  );

test("a link shows the numbers of its site and asks for nothing else", async () => {
  renderAt("/share/sh_1");
  expect(await screen.findByTestId("tile-pageviews")).toHaveTextContent("51.2k");
  expect(await screen.findAllByTestId("page-row")).toHaveLength(2);
  await waitFor(() => expect(FakeWebSocket.opened).toHaveLength(1));
  expect(FakeWebSocket.last.url).toContain("token=sv_1");
  greet();
  expect(screen.getByText("Here now").nextElementSibling).toHaveTextContent("4");
  expect(asked.every((url) => url.includes("token=sv_1"))).toBe(true);
});

test("it has no way to settings, account or other websites", async () => {
  renderAt("/share/sh_1");
  await screen.findByTestId("tile-visitors");
  expect(screen.queryByRole("navigation")).not.toBeInTheDocument();
  expect(screen.queryByRole("link")).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /Change website|Account/ })).not.toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Last 7 days" })).toBeVisible();
});

test("a password is asked for, and a wrong one is said at the field", async () => {
  server.use(
    http.post("/api/shares/open", async ({ request }) => {
      const { token, password } = (await request.json()) as Record<string, string>;
      return token === "sh_1" && password === PASSWORD
        ? HttpResponse.json(opened)
        : problem(403, "This link asks for a password.");
    }),
  );
  const { user } = renderAt("/share/sh_1");
  const field = await screen.findByLabelText("Password");
  expect(field).toBeValid();
  await user.type(field, "wrong{Enter}");
  await waitFor(() => expect(field).toBeInvalid());
  expect(field).toHaveAccessibleDescription("This is not the link's password.");
  await user.clear(field);
  await user.type(field, `${PASSWORD}{Enter}`);
  expect(await screen.findByTestId("tile-visitors")).toBeVisible();
});

test("a link that opens nothing says so", async () => {
  server.use(http.post("/api/shares/open", () => problem(404, "It was taken back.")));
  renderAt("/share/sh_0");
  expect(await screen.findByText("This link opens nothing")).toBeVisible();
});

test("a link that is revoked while somebody looks says so when the connection ends", async () => {
  renderAt("/share/sh_1");
  await screen.findByTestId("tile-visitors");
  await waitFor(() => expect(FakeWebSocket.opened).toHaveLength(1));
  greet();
  server.use(http.post("/api/shares/open", () => problem(404, "It was taken back.")));
  act(() => FakeWebSocket.last.breakOff());
  expect(await screen.findByText("This link opens nothing")).toBeVisible();
});

test("a connection that breaks for another reason comes back by itself, after its wait", async () => {
  renderAt("/share/sh_1");
  await screen.findByTestId("tile-visitors");
  await waitFor(() => expect(FakeWebSocket.opened).toHaveLength(1));
  greet();
  // Opened again, the link is looked at with another token, which must not cut the wait short.
  let openings = 0;
  server.use(
    http.post("/api/shares/open", () => {
      openings += 1;
      return HttpResponse.json({ ...opened, token: "sv_2" });
    }),
  );
  act(() => FakeWebSocket.last.breakOff());
  await waitFor(() => expect(openings).toBe(1));
  expect(screen.getByTestId("live")).toHaveAttribute("data-state", "reconnecting");
  expect(FakeWebSocket.opened).toHaveLength(1);
  await waitFor(() => expect(FakeWebSocket.opened).toHaveLength(2));
  expect(FakeWebSocket.last.url).toContain("token=sv_2");
});
