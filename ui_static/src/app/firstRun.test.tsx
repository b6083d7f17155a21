import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test, vi } from "vitest";
import type { SiteWithToday } from "@/api/types";
import { FakeWebSocket } from "@/testing/FakeWebSocket";
import { problem } from "@/testing/handlers";
import { alice, shop, shopToday, silence, snippet, status } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

let signedIn: boolean;
let sites: SiteWithToday[];
let firstEventAt: string | null;

beforeEach(() => {
  vi.stubGlobal("WebSocket", FakeWebSocket);
  signedIn = false;
  sites = [];
  firstEventAt = null;
  server.use(
    http.get("/api/setup", () =>
      HttpResponse.json({
        first_run: !signedIn,
        signup_open: !signedIn,
        setup_code_required: true,
      }),
    ),
    http.get("/api/me", () =>
      signedIn ? HttpResponse.json({ user: alice }) : problem(401, "Sign in first."),
    ),
    http.post("/api/signup", async ({ request }) => {
      const body = (await request.json()) as Record<string, string>;
      if (body.setup_code !== "1234-5678") {
        return problem(422, "The form has mistakes.", [
          { pointer: "/setup_code", detail: "This is not the code. Look into Analytiq's window." },
        ]);
      }
      signedIn = true;
      return HttpResponse.json({ user: alice, token: "t", token_type: "Bearer", expires_in: 1 });
    }),
    http.get("/api/sites", () => HttpResponse.json({ sites })),
    http.post("/api/sites", async ({ request }) => {
      const body = (await request.json()) as Record<string, string>;
      if (body.url !== "https://shoes.example") {
        return problem(422, "The form has mistakes.", [
          { pointer: "/url", detail: "This is no website's address." },
        ]);
      }
      sites = [shopToday];
      return HttpResponse.json({ ...shop, site_key: "pk_live_1", snippet: "" }, { status: 201 });
    }),
    http.get(`/api/sites/${shop.site_id}/snippet`, () => HttpResponse.json(snippet)),
    http.get(`/api/sites/${shop.site_id}/status`, () =>
      HttpResponse.json(firstEventAt ? { ...status, first_event_at: firstEventAt } : silence),
    ),
  );
});

async function createAccount(user: ReturnType<typeof renderAt>["user"], code: string) {
  await user.type(await screen.findByLabelText("Email"), alice.email);
  await user.type(screen.getByLabelText("Password"), "long enough");
  await user.type(screen.getByLabelText("Setup code"), code);
  await user.click(screen.getByRole("button", { name: "Create account" }));
}

test("three steps lead from nothing to the first visitor", async () => {
  const { user } = renderAt("/");
  await createAccount(user, "1234-5678");

  await user.type(await screen.findByLabelText("Website name"), "Shoe shop");
  await user.type(screen.getByLabelText("Website address"), "shoes.example");
  expect(screen.getByLabelText("Time zone")).toHaveValue(
    Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  await user.click(screen.getByRole("button", { name: "Add website" }));

  expect(await screen.findByText(/data-site-id="site_shoes"/)).toBeVisible();
  expect(await screen.findByText("http://192.168.1.20:8585")).toBeVisible();
  expect(screen.getByText("Websites with https need an https address.")).toBeVisible();
  await user.selectOptions(screen.getByLabelText("How it counts"), "Store nothing");
  expect(screen.getByText(/data-mode="cookieless"/)).toBeVisible();
  expect(screen.getByTestId("first-visitor")).toHaveAttribute("data-state", "waiting");
  firstEventAt = "2025-09-17T12:00:00Z";
  expect(await screen.findByText("Your website is being counted")).toBeVisible();
  expect(screen.getAllByText("Done")).toHaveLength(3);
});

test("whoever waits looks around in a made-up shop", async () => {
  signedIn = true;
  let made = 0;
  server.use(
    http.post("/api/sites/sample", () => {
      made += 1;
      return HttpResponse.json(shop, { status: 201 });
    }),
  );
  const { router, user } = renderAt("/sites/new");
  await user.type(await screen.findByLabelText("Website name"), "Shoe shop");
  await user.type(screen.getByLabelText("Website address"), "shoes.example");
  await user.click(screen.getByRole("button", { name: "Add website" }));
  await user.click(await screen.findByRole("button", { name: "Look around with sample data" }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/sites/${shop.site_id}`));
  expect(router.state.location.search).toBe("?range=30d");
  expect(made).toBe(1);
});

test("what the program says about a field stands at the field", async () => {
  const { user } = renderAt("/signup");
  await createAccount(user, "wrong");
  const message = await screen.findByText("This is not the code. Look into Analytiq's window.");
  const field = screen.getByLabelText("Setup code");
  expect(field).toHaveAccessibleDescription(message.textContent ?? "");
  expect(field).toBeInvalid();
  expect(screen.getByLabelText("Email")).toBeValid();
  expect(screen.getByRole("alert")).toHaveFocus();
});

test("without an account every page leads to the first step", async () => {
  const { router } = renderAt("/sites");
  expect(await screen.findByRole("button", { name: "Create account" })).toBeVisible();
  expect(router.state.location.pathname).toBe("/signup");
});
