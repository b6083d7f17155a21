import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { problem } from "@/testing/handlers";
import { shop } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const address = `/sites/${shop.site_id}/settings`;
const api = `/api/sites/${shop.site_id}`;
const LABEL = `To confirm, type the name: ${shop.name}`;

test("a website is deleted once its name is typed, and the way leads back to the others", async () => {
  let sent: unknown;
  server.use(
    http.delete(api, async ({ request }) => {
      sent = await request.json();
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { router, user } = renderAt(address);
  const name = await screen.findByLabelText(LABEL);
  expect(await screen.findByText(/1 460 counted events/)).toBeVisible();
  const button = screen.getByRole("button", { name: "Delete this website" });
  await user.type(name, "shoe shop");
  expect(button).toBeDisabled();
  await user.clear(name);
  await user.type(name, shop.name);
  await user.click(button);
  await waitFor(() => expect(router.state.location.pathname).toBe("/sites"));
  expect(sent).toEqual({ confirm: shop.name });
});

test("a website that could not be deleted says so and stays", async () => {
  server.use(http.delete(api, () => problem(503, "The database has to be opened again.")));
  const { router, user } = renderAt(address);
  await user.type(await screen.findByLabelText(LABEL), shop.name);
  await user.click(screen.getByRole("button", { name: "Delete this website" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("has to be opened again");
  expect(router.state.location.pathname).toBe(address);
});

test("a changed key shows the new code and until when the old one works", async () => {
  let sent: unknown;
  server.use(
    http.post(`${api}/rotate-key`, async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({
        site_key: "pk_live_new",
        snippet: "<script data-site-key=pk_live_new></script>",
        previous_key_valid_until: "2025-09-24T12:30:00Z",
      });
    }),
  );
  const { user } = renderAt(address);
  await user.selectOptions(
    await screen.findByLabelText("The old key goes on working"),
    "for a week",
  );
  await user.click(screen.getByRole("button", { name: "Change the key" }));
  expect(await screen.findByText(/data-site-key=pk_live_new/)).toBeVisible();
  expect(screen.getByText(/2025/)).toHaveAttribute("datetime", "2025-09-24T12:30:00Z");
  expect(sent).toEqual({ grace_hours: 168 });
});
