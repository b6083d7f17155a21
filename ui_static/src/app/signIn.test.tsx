import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { CODE_WANTED } from "@/api/login";
import { problem } from "@/testing/handlers";
import { alice } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const nobody = http.get("/api/me", () => problem(401, "Sign in first."));

async function signIn(user: ReturnType<typeof renderAt>["user"]) {
  await user.type(await screen.findByLabelText("Email"), alice.email);
  await user.type(screen.getByLabelText("Password"), "long enough");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

test("signing in leads back to the page that was asked for", async () => {
  server.use(
    nobody,
    http.post("/api/login", () => HttpResponse.json({ user: alice })),
  );
  const { router, user } = renderAt("/sites/new");
  await signIn(user);
  await waitFor(() => expect(router.state.location.pathname).toBe("/sites/new"));
});

test("a wrong password is said above the form", async () => {
  server.use(
    nobody,
    http.post("/api/login", () => problem(401, "Email or password is wrong.")),
  );
  const { user } = renderAt("/login");
  await signIn(user);
  expect(await screen.findByRole("alert")).toHaveTextContent("Email or password is wrong.");
});

test("an account with a second step is asked for a code, and a wrong one is said", async () => {
  const sent: unknown[] = [];
  server.use(
    nobody,
    http.post("/api/login", async ({ request }) => {
      const body = (await request.json()) as { code?: string };
      sent.push(body);
      return body.code === "123456"
        ? HttpResponse.json({ user: alice })
        : problem(401, "Give another code.", undefined, CODE_WANTED);
    }),
  );
  const { router, user } = renderAt("/sites/new");
  await signIn(user);
  const code = await screen.findByLabelText("Code");
  expect(code).toHaveFocus();
  expect(screen.queryByRole("alert")).toBeNull();
  await user.type(code, "000000");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("Give another code.");
  await user.type(screen.getByLabelText("Code"), "123456");
  await user.click(screen.getByRole("button", { name: "Sign in" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/sites/new"));
  const given = { email: alice.email, password: "long enough" };
  expect(sent).toEqual([given, { ...given, code: "000000" }, { ...given, code: "123456" }]);
});

test("a program that does not answer is said with the way on", async () => {
  server.use(
    nobody,
    http.post("/api/login", () => HttpResponse.error()),
  );
  const { user } = renderAt("/login");
  await signIn(user);
  expect(await screen.findByRole("alert")).toHaveTextContent("Analytiq does not answer");
});

test("a session that ends leads to the sign-in page", async () => {
  server.use(http.get("/api/sites", () => problem(401, "Sign in first.")));
  const { router } = renderAt("/sites");
  await waitFor(() => expect(router.state.location.pathname).toBe("/login"));
});

test("a closed sign-up says who can open it", async () => {
  server.use(nobody);
  renderAt("/signup");
  expect(await screen.findByText(/Ask the owner/)).toBeVisible();
});

test("signing out forgets what was on the screen", async () => {
  server.use(http.post("/api/logout", () => new HttpResponse(null, { status: 204 })));
  const { client, router, user } = renderAt("/sites");
  expect(await screen.findByText("Shoe shop")).toBeVisible();
  server.use(nobody);
  await user.click(screen.getByRole("button", { name: "Alice" }));
  await user.click(screen.getByRole("button", { name: "Sign out" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/login"));
  expect(client.getQueryData(["sites"])).toBeUndefined();
});

test("an address without a page says so", async () => {
  renderAt("/nowhere");
  expect(await screen.findByText("There is no page at this address")).toBeVisible();
});
