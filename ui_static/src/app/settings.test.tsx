import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import { problem } from "@/testing/handlers";
import { shop } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const address = `/sites/${shop.site_id}/settings`;
const api = `/api/sites/${shop.site_id}`;

test("what is kept of a website is shown, and what was changed is sent", async () => {
  let sent: unknown;
  server.use(
    http.patch(api, async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({ ...shop, ...(sent as object) });
    }),
  );
  const { user } = renderAt(address);
  const name = await screen.findByLabelText("Website name");
  expect(name).toHaveValue("Shoe shop");
  expect(screen.getByLabelText("Hosts to leave out")).toHaveValue("localhost");
  expect(screen.getByLabelText("Parameters to keep")).toHaveValue("ref");
  await user.clear(name);
  await user.type(name, " Boots ");
  await user.type(
    screen.getByLabelText("Hosts that count"),
    "shoes.example{Enter}{Enter} *.shoes.example, ",
  );
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/^Saved\./)).toBeVisible();
  expect(sent).toEqual({
    name: "Boots",
    allowed_parameters: ["ref"],
    allowed_hosts: ["shoes.example", "*.shoes.example"],
    excluded_hosts: ["localhost"],
  });
  await user.type(name, "!");
  expect(screen.queryByText(/^Saved\./)).not.toBeInTheDocument();
});

test("another time zone is sent, and what it means for the past is told", async () => {
  let sent: unknown;
  server.use(
    http.get(api, () => HttpResponse.json({ ...shop, facts_since: "2024-03-01" })),
    http.patch(api, async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({ ...shop, ...(sent as object) });
    }),
  );
  const { user } = renderAt(address);
  const zone = await screen.findByLabelText("Time zone");
  expect(zone).toHaveAccessibleDescription(/of the past too, but not before Fri 1 Mar 2024\.$/);
  await user.selectOptions(zone, "Europe/Berlin");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText(/cut in the new zone/)).toBeVisible();
  expect(sent).toMatchObject({ timezone: "Europe/Berlin" });
});

test("the address leads to a part of the page", async () => {
  renderAt(`${address}#key`);
  const key = await screen.findByRole("region", { name: "Change the key" });
  await waitFor(() => expect(key).toHaveFocus());
  const places = screen.getByRole("navigation", { name: "Settings" });
  expect(within(places).getByRole("link", { name: "Key" })).toHaveAttribute("aria-current", "page");
  expect(within(places).getByRole("link", { name: "General" })).not.toHaveAttribute("aria-current");
});

test("what is wrong with an entry stands at its field and names the entry", async () => {
  server.use(
    http.patch(api, () =>
      problem(422, "Nothing was changed: fields are wrong.", [
        { pointer: "/name", detail: "Give the website a name." },
        { pointer: "/excluded_hosts/1", detail: "Write a host without scheme." },
      ]),
    ),
  );
  const { user } = renderAt(address);
  const hosts = await screen.findByLabelText("Hosts to leave out");
  await user.type(hosts, "{Enter}https://test.example");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(hosts).toBeInvalid());
  expect(hosts).toHaveAccessibleDescription("“https://test.example”: Write a host without scheme.");
  expect(screen.getByLabelText("Website name")).toHaveAccessibleDescription(
    "Give the website a name.",
  );
  expect(screen.getByLabelText("Hosts that count")).toBeValid();
  expect(screen.getByRole("alert")).toHaveTextContent("See below.");
});

test("a refusal that is no field's fault is told above the form", async () => {
  server.use(http.patch(api, () => problem(503, "The database has to be opened again.")));
  const { user } = renderAt(address);
  await user.click(await screen.findByRole("button", { name: "Save" }));
  expect(await screen.findByRole("alert")).toHaveTextContent("has to be opened again");
});
