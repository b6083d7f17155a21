import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { problem } from "@/testing/handlers";
import { alice, people, shop, shopToday } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const MADE = {
  id: "inv_1",
  role: "editor",
  email: null,
  made_by: alice.email,
  made_at: "2025-09-17T12:30:00Z",
  expires_at: "2025-09-24T12:30:00Z",
  sites: [],
  path: "/invite/abc",
  link: "https://stats.shoes.example/invite/abc",
};

const viewer = { ...alice, role: "viewer" };
const bob = () => screen.findByRole("combobox", { name: "Role of bob@bakery.example" });

async function rowOfBob() {
  return within((await bob()).closest("li") as HTMLElement);
}

test("an owner sees everybody, and changes what somebody may do", async () => {
  let sent: unknown;
  server.use(
    http.patch("/api/people/u_bob", async ({ request }) => {
      sent = await request.json();
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = renderAt("/people");
  expect(await bob()).toHaveValue("editor");
  expect(screen.getByText(/Owns 1 website · you share Shoe shop \(viewer\)/)).toBeVisible();
  await user.selectOptions(await bob(), "Viewer");
  await waitFor(() => expect(sent).toEqual({ role: "viewer" }));
});

test("an account is removed after a second thought, and a refusal is said beside it", async () => {
  server.use(
    http.delete("/api/people/u_bob", () =>
      problem(409, "bob@bakery.example was not removed: a website would be left without an owner."),
    ),
  );
  const { user } = renderAt("/people");
  const row = await rowOfBob();
  await user.click(row.getByRole("button", { name: "Remove" }));
  await user.click(row.getByRole("button", { name: "Keep" }));
  await user.click(row.getByRole("button", { name: "Remove" }));
  await user.click(row.getByRole("button", { name: "Remove bob@bakery.example" }));
  expect(await row.findByRole("alert")).toHaveTextContent("left without an owner");
  expect(people).toHaveLength(2);
});

test("an invitation for chosen websites shows its link, once", async () => {
  let sent: unknown;
  server.use(
    http.post("/api/invitations", async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(MADE, { status: 201 });
    }),
  );
  const { user } = renderAt("/people");
  await user.selectOptions(await screen.findByLabelText("As"), "Editor");
  await user.click(await screen.findByRole("checkbox", { name: shop.name }));
  await user.click(screen.getByRole("button", { name: "Make the link" }));
  expect(await screen.findByText(MADE.link)).toBeVisible();
  expect(sent).toEqual({ role: "editor", sites: [shop.site_id], email: null });
  await user.click(screen.getByRole("button", { name: "Invite somebody else" }));
  expect(screen.queryByText(MADE.link)).not.toBeInTheDocument();
});

test("without a public address the link is made of this page's", async () => {
  server.use(http.post("/api/invitations", () => HttpResponse.json({ ...MADE, link: null })));
  const { user } = renderAt("/people");
  await user.click(await screen.findByRole("button", { name: "Make the link" }));
  expect(await screen.findByText("http://analytiq.test/invite/abc")).toBeVisible();
  expect(screen.queryByText("This link works on this machine only")).not.toBeInTheDocument();
});

test("a link that nobody else can open comes with a warning", async () => {
  const link = "http://localhost:8585/invite/abc";
  server.use(http.post("/api/invitations", () => HttpResponse.json({ ...MADE, link })));
  const { user } = renderAt("/people");
  await user.click(await screen.findByRole("button", { name: "Make the link" }));
  expect(await screen.findByText(link)).toBeVisible();
  expect(screen.getByText("This link works on this machine only")).toBeVisible();
});

test("an open invitation can be revoked", async () => {
  let open = [{ ...MADE, sites: [{ site_id: shop.site_id, name: shop.name }] }];
  server.use(
    http.get("/api/invitations", () => HttpResponse.json({ invitations: open })),
    http.delete("/api/invitations/inv_1", () => {
      open = [];
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = renderAt("/people");
  expect(await screen.findByText("Editor of Shoe shop")).toBeVisible();
  await user.click(
    screen.getByRole("button", { name: "Revoke the invitation of Whoever has the link" }),
  );
  expect(await screen.findByText(/Nobody has an invitation of yours/)).toBeVisible();
});

test("the owner of a website changes and takes away access", async () => {
  const guest = {
    account_id: "u_bob",
    email: "bob@bakery.example",
    name: "Bob",
    role: "viewer",
    given_at: "2025-09-17T12:30:00Z",
  };
  let guests = [guest];
  let sent: unknown;
  server.use(
    http.get(`/api/sites/${shop.site_id}/access`, () => HttpResponse.json({ guests })),
    http.patch(`/api/sites/${shop.site_id}/access/u_bob`, async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(guest);
    }),
    http.delete(`/api/sites/${shop.site_id}/access/u_bob`, () => {
      guests = [];
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = renderAt(`/sites/${shop.site_id}/settings`);
  await user.selectOptions(await screen.findByLabelText("Role of Bob"), "Editor");
  await waitFor(() => expect(sent).toEqual({ role: "editor" }));
  await user.click(screen.getByRole("button", { name: "Take access away from Bob" }));
  expect(await screen.findByText("Nobody but you.")).toBeVisible();
});

test("a website is handed over, and the way leads back to the others", async () => {
  let sent: unknown;
  server.use(
    http.post(`/api/sites/${shop.site_id}/transfer`, async ({ request }) => {
      sent = await request.json();
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { router, user } = renderAt(`/sites/${shop.site_id}/settings`);
  await user.type(await screen.findByLabelText("Email of its new owner"), " bob@bakery.example ");
  await user.click(screen.getByRole("button", { name: "Hand it over" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/sites"));
  expect(sent).toEqual({ email: "bob@bakery.example" });
});

test("an editor of a website has its settings, but neither access nor an end of it", async () => {
  server.use(
    http.get(`/api/sites/${shop.site_id}`, () => HttpResponse.json({ ...shop, role: "editor" })),
  );
  renderAt(`/sites/${shop.site_id}/settings`);
  expect(await screen.findByRole("button", { name: "Change the key" })).toBeVisible();
  expect(screen.queryByText("Who has access")).not.toBeInTheDocument();
  expect(screen.queryByText("Hand this website over")).not.toBeInTheDocument();
  expect(screen.queryByText("Delete this website")).not.toBeInTheDocument();
});

test("a viewer is offered nothing to change", async () => {
  server.use(
    http.get("/api/me", () => HttpResponse.json({ user: viewer })),
    http.get("/api/sites", () => HttpResponse.json({ sites: [{ ...shopToday, role: "viewer" }] })),
    http.get(`/api/sites/${shop.site_id}`, () => HttpResponse.json({ ...shop, role: "viewer" })),
  );
  const { user } = renderAt("/sites");
  expect(await screen.findByRole("region", { name: "Shared with you to look at" })).toBeVisible();
  expect(screen.queryByRole("link", { name: "Add website" })).not.toBeInTheDocument();
  await user.click(screen.getByRole("link", { name: shop.name }));
  expect((await screen.findAllByRole("link", { name: "Dashboard" }))[0]).toBeVisible();
  await waitFor(() => expect(screen.queryByRole("link", { name: "Settings" })).toBeNull());
});

test("a viewer with nothing shared is told whom to ask", async () => {
  server.use(
    http.get("/api/me", () => HttpResponse.json({ user: viewer })),
    http.get("/api/sites", () => HttpResponse.json({ sites: [] })),
  );
  renderAt("/sites");
  expect(await screen.findByText("No website is shared with you yet")).toBeVisible();
});
