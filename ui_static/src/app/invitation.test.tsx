import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { problem } from "@/testing/handlers";
import { alice, shop } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const opened = {
  role: "viewer",
  email: null as string | null,
  made_by: alice.email,
  expires_at: "2025-09-24T12:30:00Z",
  sites: [shop.name],
};

const eve = { id: "u_eve", email: "eve@shoes.example", name: "Eve", role: "viewer" };

function signedOut(invitation = opened) {
  server.use(
    http.get("/api/me", () => problem(401, "Sign in first.")),
    http.post("/api/invite", () => HttpResponse.json(invitation)),
  );
}

test("a link shows what it gives, and makes an account", async () => {
  let sent: unknown;
  signedOut();
  server.use(
    http.post("/api/invite/accept", async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({ user: eve }, { status: 201 });
    }),
  );
  const { router, user } = renderAt("/invite/abc");
  expect(await screen.findByText(shop.name)).toBeVisible();
  expect(screen.getByText(/alice@shoes.example invites you as/)).toHaveTextContent("viewer of:");
  await user.type(screen.getByLabelText("Your name"), "Eve");
  await user.type(screen.getByLabelText("Email"), eve.email);
  await user.type(screen.getByLabelText("Password"), "correct horse");
  await user.click(screen.getByRole("button", { name: "Create account" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/sites"));
  expect(sent).toEqual({ token: "abc", name: "Eve", email: eve.email, password: "correct horse" });
});

test("whose invitation it is cannot be changed", async () => {
  signedOut({ ...opened, email: eve.email });
  renderAt("/invite/abc");
  const email = await screen.findByLabelText("Email");
  expect(email).toHaveValue(eve.email);
  expect(email).toHaveAttribute("readonly");
});

test("whoever is signed in accepts with the account they have", async () => {
  let sent: unknown;
  server.use(
    http.post("/api/invite", () => HttpResponse.json(opened)),
    http.post("/api/invite/join", async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({ user: alice });
    }),
  );
  const { router, user } = renderAt("/invite/abc");
  await user.click(await screen.findByRole("button", { name: "Accept with this account" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/sites"));
  expect(sent).toEqual({ token: "abc" });
});

test("a link that was used says so", async () => {
  server.use(http.post("/api/invite", () => problem(404, "This invitation was used or revoked.")));
  renderAt("/invite/abc");
  expect(await screen.findByText("This invitation is no longer good")).toBeVisible();
  expect(screen.getByText("This invitation was used or revoked.")).toBeVisible();
});
