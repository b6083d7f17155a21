import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import type { ShareLink } from "@/api/types";
import { problem } from "@/testing/handlers";
import { shop } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const address = `/sites/${shop.site_id}/settings`;
const api = `/api/sites/${shop.site_id}/shares`;

const agency: ShareLink = {
  id: "share_1",
  name: "Agency",
  token: "sh_1",
  url: "https://stats.example/share/sh_1",
  has_password: true,
  expires_at: "2025-10-01T00:00:00Z",
  expired: false,
  embed_origins: ["https://intranet.example"],
  created_at: "2025-09-01T00:00:00Z",
};

let shares: ShareLink[];

beforeEach(() => {
  shares = [];
  server.use(http.get(api, () => HttpResponse.json({ shares })));
});

test("a link is listed with its terms, and can be copied again", async () => {
  shares = [agency];
  const { user } = renderAt(address);
  const row = await screen.findByRole("listitem", { name: "Agency" });
  expect(row).toHaveTextContent(
    "made on 1 Sept · until 1 Oct · asks for a password · in frames of https://intranet.example",
  );
  await user.click(within(row).getByRole("button", { name: "Copy link" }));
  expect(await navigator.clipboard.readText()).toBe(agency.url);
  await user.click(within(row).getByRole("button", { name: "Code for a frame" }));
  expect(
    within(row).getByText(/^<iframe src="https:\/\/stats.example\/share\/sh_1"/),
  ).toBeVisible();
});

test("a new link is made as it was asked for, and stands in the list", async () => {
  let sent: unknown;
  server.use(
    http.post(api, async ({ request }) => {
      sent = await request.json();
      shares = [agency];
      return HttpResponse.json(agency, { status: 201 });
    }),
  );
  const { user } = renderAt(address);
  await user.click(await screen.findByRole("button", { name: "New link" }));
  await user.type(screen.getByLabelText("Note for yourself"), " Agency ");
  await user.type(
    screen.getByLabelText("Pages that may show it in a frame"),
    "https://intranet.example",
  );
  await user.click(screen.getByRole("button", { name: "Make the link" }));
  expect(await screen.findByRole("listitem", { name: "Agency" })).toBeVisible();
  expect(sent).toEqual({
    name: "Agency",
    expires_at: null,
    password: null,
    embed_origins: ["https://intranet.example"],
  });
  expect(screen.queryByRole("button", { name: "Make the link" })).not.toBeInTheDocument();
});

test("what is wrong with a new link stands at its field", async () => {
  server.use(
    http.post(api, () =>
      problem(422, "The share link was not made: fields are wrong.", [
        { pointer: "/password", detail: "Choose a longer one." },
        { pointer: "/embed_origins/0", detail: "Write an address without a path." },
      ]),
    ),
  );
  const { user } = renderAt(address);
  await user.click(await screen.findByRole("button", { name: "New link" }));
  await user.type(screen.getByLabelText("Password"), "short");
  await user.type(screen.getByLabelText("Pages that may show it in a frame"), "shop.example/x");
  await user.click(screen.getByRole("button", { name: "Make the link" }));
  await waitFor(() => expect(screen.getByLabelText("Password")).toBeInvalid());
  expect(screen.getByLabelText("Pages that may show it in a frame")).toHaveAccessibleDescription(
    "“shop.example/x”: Write an address without a path.",
  );
});

test("a link is revoked at the second word, and is gone", async () => {
  shares = [agency];
  let revoked = "";
  server.use(
    http.delete(`${api}/:id`, ({ params }) => {
      revoked = String(params.id);
      shares = [];
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = renderAt(address);
  await user.click(await screen.findByRole("button", { name: "Revoke" }));
  expect(revoked).toBe("");
  await user.click(screen.getByRole("button", { name: "Revoke for good" }));
  await waitFor(() =>
    expect(screen.queryByRole("listitem", { name: "Agency" })).not.toBeInTheDocument(),
  );
  expect(revoked).toBe("share_1");
});

test("links that only this computer can open are said to be so", async () => {
  shares = [{ ...agency, url: "http://127.0.0.1:8585/share/sh_1" }];
  renderAt(address);
  expect(await screen.findByText("Only this computer can open these links")).toBeVisible();
});

test("a link that cannot be shown again is said to open still", async () => {
  shares = [{ ...agency, token: null, url: null }];
  renderAt(address);
  const row = await screen.findByRole("listitem", { name: "Agency" });
  expect(row).toHaveTextContent("It still opens the dashboard");
  expect(within(row).queryByRole("button", { name: "Copy link" })).not.toBeInTheDocument();
});
