import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { problem } from "@/testing/handlers";
import { alice, nightly, phone, shopToday, thisBrowser } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

test("another browser is signed out and leaves the list; this one cannot be", async () => {
  let sessions = [thisBrowser, phone];
  server.use(
    http.get("/api/sessions", () => HttpResponse.json({ sessions })),
    http.delete("/api/sessions/b2", () => {
      sessions = [thisBrowser];
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = renderAt("/account");
  expect(await screen.findByText("This browser")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Sign out Firefox on Linux" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Sign out Safari on iOS" }));
  await waitFor(() => expect(screen.queryByText("Safari on iOS")).toBeNull());
});

test("signing out everywhere else says that scripts have to sign in again, too", async () => {
  let sessions = [thisBrowser, phone];
  server.use(
    http.get("/api/sessions", () => HttpResponse.json({ sessions })),
    http.post("/api/sessions/end-others", () => {
      sessions = [thisBrowser];
      return HttpResponse.json({ user: alice });
    }),
  );
  const { user } = renderAt("/account");
  await user.click(await screen.findByRole("button", { name: "Sign out everywhere else" }));
  expect(await screen.findByText(/signed in here alone/)).toBeVisible();
});

test("a second step is set up by password, picture and code, and gives recovery codes", async () => {
  let enabled = false;
  server.use(
    http.get("/api/me/two-factor", () =>
      HttpResponse.json({ enabled, recovery_codes_left: enabled ? 10 : 0 }),
    ),
    http.post("/api/me/two-factor", async ({ request }) => {
      const { current_password } = (await request.json()) as { current_password: string };
      return current_password === "right"
        ? HttpResponse.json({ secret: "ABCDEFGHIJKL", uri: "otpauth://totp/x?secret=ABCDEFGHIJKL" })
        : problem(403, "Nothing was changed.", [
            { pointer: "/current_password", detail: "This is not your current password." },
          ]);
    }),
    http.post("/api/me/two-factor/enable", () => {
      enabled = true;
      return HttpResponse.json({ recovery_codes: ["aaaa-bbbb", "cccc-dddd"] });
    }),
  );
  const { user } = renderAt("/account");
  await user.click(await screen.findByRole("button", { name: "Set it up" }));
  const password = screen.getByLabelText("Your password");
  await user.type(password, "wrong");
  await user.click(screen.getByRole("button", { name: "Continue" }));
  expect(await screen.findByText("This is not your current password.")).toBeVisible();
  await user.clear(password);
  await user.type(password, "right");
  await user.click(screen.getByRole("button", { name: "Continue" }));
  expect(await screen.findByTitle("QR code for your authenticator app")).toBeInTheDocument();
  expect(screen.getByText("ABCD EFGH IJKL")).toBeVisible();
  await user.type(screen.getByLabelText("The six digits that it shows"), "123456");
  await user.click(screen.getByRole("button", { name: "Switch on" }));
  expect(await screen.findByText(/aaaa-bbbb\s+cccc-dddd/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "I have kept them" }));
  expect(await screen.findByText(/You have 10 recovery codes left/)).toBeVisible();
  expect(screen.queryByText(/aaaa-bbbb/)).toBeNull();
});

test("a new API key is shown once", async () => {
  let sent: unknown;
  server.use(
    http.post("/api/keys", async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({ ...nightly, id: "k2", name: "Shop", key: "aq_secret" });
    }),
  );
  const { user } = renderAt("/account");
  await user.type(await screen.findByLabelText("What is it for?"), " Shop ");
  await user.selectOptions(screen.getByLabelText("It may"), "send events");
  await user.selectOptions(screen.getByLabelText("For"), shopToday.name);
  await user.click(screen.getByRole("button", { name: "Make an API key" }));
  expect(await screen.findByText("aq_secret")).toBeVisible();
  expect(sent).toEqual({ name: "Shop", scope: "ingest", site_id: shopToday.site_id });
  await user.click(screen.getByRole("button", { name: "I have copied it" }));
  expect(screen.queryByText("aq_secret")).toBeNull();
});

test("a key is revoked by its name", async () => {
  let keys = [nightly];
  server.use(
    http.get("/api/keys", () => HttpResponse.json({ keys })),
    http.delete("/api/keys/k1", () => {
      keys = [];
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = renderAt("/account");
  await user.click(await screen.findByRole("button", { name: "Revoke Nightly report" }));
  await waitFor(() =>
    expect(screen.queryByRole("button", { name: "Revoke Nightly report" })).toBeNull(),
  );
});
