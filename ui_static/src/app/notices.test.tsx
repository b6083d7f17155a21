import { focusManager } from "@tanstack/react-query";
import { act, screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { Notice } from "@/api/types";
import { problem } from "@/testing/handlers";
import { shop } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const full: Notice = {
  slug: "journal-unwritable",
  severity: "error",
  title: "New events are not being counted",
  detail: "Analytiq cannot write to its disk. Make room on it.",
  since: "2025-09-17T12:00:00Z",
};

const aside: Notice = {
  slug: "events-set-aside",
  severity: "warning",
  title: "3 events could not be counted",
  detail: "They are kept in the folder set-aside.",
  since: null,
};

let notices: Notice[];

beforeEach(() => {
  sessionStorage.clear();
  notices = [];
  server.use(http.get("/api/notices", () => HttpResponse.json({ notices })));
});

/** Somebody turns to another window and back. */
function lookAgain() {
  act(() => {
    focusManager.setFocused(false);
    focusManager.setFocused(true);
  });
}

test.each(["/sites", "/sites/new", `/sites/${shop.site_id}/settings`])(
  "what is wrong stands above %s, errors as an alert",
  async (address) => {
    notices = [full, aside];
    renderAt(address);
    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("Problem: New events are not being counted");
    expect(alert).toHaveTextContent("Make room on it.");
    expect(alert).toHaveTextContent(/since 17 Sept/);
    const region = screen.getByRole("region", { name: "Notices" });
    expect(within(region).getByRole("status")).toHaveTextContent("Note: 3 events could not be");
  },
);

test("while all is well nothing stands there", async () => {
  renderAt("/sites");
  await screen.findByText(shop.name);
  expect(screen.queryByRole("region", { name: "Notices" })).not.toBeInTheDocument();
});

test("a look at the page asks again, and what has ended disappears", async () => {
  notices = [full];
  renderAt("/sites");
  await screen.findByRole("alert");
  notices = [];
  lookAgain();
  await waitFor(() => expect(screen.queryByRole("alert")).not.toBeInTheDocument());
});

test("a warning can be hidden until it changes, an error cannot", async () => {
  notices = [full, aside];
  const { user } = renderAt("/sites");
  await user.click(
    await screen.findByRole("button", { name: "Hide: 3 events could not be counted" }),
  );
  expect(screen.queryByText(/3 events/)).not.toBeInTheDocument();
  expect(within(screen.getByRole("alert")).queryByRole("button")).not.toBeInTheDocument();
  notices = [full, { ...aside, title: "40 events could not be counted" }];
  lookAgain();
  expect(await screen.findByText(/40 events/)).toBeVisible();
});

test("a hidden warning stays hidden when the page is loaded again", async () => {
  notices = [aside];
  const first = renderAt("/sites");
  await first.user.click(await screen.findByRole("button", { name: /^Hide/ }));
  notices = [full, aside];
  renderAt("/sites");
  await screen.findByRole("alert");
  expect(screen.queryByText(/3 events/)).not.toBeInTheDocument();
});

test("on a website's pages a notice about events leads to what arrived", async () => {
  notices = [aside];
  renderAt(`/sites/${shop.site_id}/settings`);
  expect(await screen.findByRole("link", { name: "See what arrived" })).toHaveAttribute(
    "href",
    `/sites/${shop.site_id}/arrived`,
  );
});

test("where even the notices cannot be asked for, the page says what the program says", async () => {
  server.use(http.get("/api/notices", () => problem(503, "A part of the database is damaged.")));
  renderAt("/sites");
  expect(await screen.findByRole("alert")).toHaveTextContent("A part of the database is damaged.");
});

test("while nobody's account can be read, that is said, and the page comes back", async () => {
  server.use(
    http.get("/api/me", () => problem(503, "A part of the database is damaged."), { once: true }),
  );
  const { user } = renderAt("/sites");
  expect(await screen.findByRole("alert")).toHaveTextContent("A part of the database is damaged.");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText(shop.name)).toBeVisible();
});
