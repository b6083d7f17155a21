import { screen, waitFor } from "@testing-library/react";
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
