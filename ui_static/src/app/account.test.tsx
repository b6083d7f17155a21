import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { problem } from "@/testing/handlers";
import { alice } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

test("a changed name stands in the menu at once", async () => {
  server.use(
    http.patch("/api/me", async ({ request }) =>
      HttpResponse.json({ user: { ...alice, ...((await request.json()) as object) } }),
    ),
  );
  const { user } = renderAt("/account");
  const name = await screen.findByLabelText("Your name");
  expect(name).toHaveValue("Alice");
  await user.clear(name);
  await user.type(name, " Alicia ");
  await user.click(screen.getByRole("button", { name: "Save name" }));
  expect(await screen.findByRole("button", { name: "Alicia" })).toBeVisible();
});

test("a changed password says who was signed out, and the fields are empty again", async () => {
  let sent: unknown;
  server.use(
    http.post("/api/me/password", async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({ user: alice });
    }),
  );
  const { user } = renderAt("/account");
  await user.type(await screen.findByLabelText("Current password"), "the old one");
  await user.type(screen.getByLabelText("New password"), "the new one");
  await user.click(screen.getByRole("button", { name: "Change password" }));
  expect(await screen.findByText(/Every other browser was signed out/)).toBeVisible();
  expect(sent).toEqual({ current_password: "the old one", new_password: "the new one" });
  expect(screen.getByLabelText("New password")).toHaveValue("");
});

test("a wrong current password is said at its field", async () => {
  server.use(
    http.post("/api/me/password", () =>
      problem(403, "The password was not changed.", [
        { pointer: "/current_password", detail: "This is not your current password." },
      ]),
    ),
  );
  const { user } = renderAt("/account");
  const current = await screen.findByLabelText("Current password");
  await user.type(current, "a guess");
  await user.click(screen.getByRole("button", { name: "Change password" }));
  await waitFor(() => expect(current).toBeInvalid());
  expect(current).toHaveAccessibleDescription("This is not your current password.");
});
