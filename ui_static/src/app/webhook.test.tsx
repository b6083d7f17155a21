import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { Delivery, WebhookForm, WebhookState } from "@/api/types";
import { problem } from "@/testing/handlers";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const delivery: Delivery = {
  site_id: "site_1",
  site_name: "Shoes",
  kind: "silence",
  began_at: "2025-09-17T10:00:00Z",
  attempts: 1,
  tried_at: "2025-09-17T11:00:00Z",
  next_at: null,
  problem: null,
};

/** What the program keeps, and every form that it was sent. */
function webhook(deliveries: Delivery[] = []): WebhookForm[] {
  let state: WebhookState = { url: null, own_network: false, deliveries };
  const sent: WebhookForm[] = [];
  server.use(
    http.get("/api/webhook", () => HttpResponse.json(state)),
    http.patch("/api/webhook", async ({ request }) => {
      const form = (await request.json()) as WebhookForm;
      sent.push(form);
      state = { ...state, url: form.url, own_network: form.own_network ?? false };
      return HttpResponse.json({ ...form, secret: "whsec_c2VjcmV0" });
    }),
    http.delete("/api/webhook", () => {
      state = { ...state, url: null };
      return new HttpResponse(null, { status: 204 });
    }),
  );
  return sent;
}

async function save(user: ReturnType<typeof renderAt>["user"]) {
  await user.type(await screen.findByLabelText("Post alarms to"), "https://shop.example/alarms");
  await user.click(screen.getByRole("button", { name: "Save" }));
}

test("an address is saved, its secret shown, a test posted, and all taken away again", async () => {
  const sent = webhook();
  server.use(http.post("/api/webhook/test", () => HttpResponse.json({ status: 204 })));
  const { user } = renderAt("/settings/webhook");
  await user.click(await screen.findByRole("checkbox", { name: /in my own network/ }));
  await save(user);
  expect(await screen.findByText("whsec_c2VjcmV0")).toBeVisible();
  expect(sent).toEqual([{ url: "https://shop.example/alarms", own_network: true }]);
  await user.click(await screen.findByRole("button", { name: "Post a test" }));
  expect(await screen.findByText("It was taken: the answer was 204.")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Post nothing any more" }));
  expect(await screen.findByLabelText("Post alarms to")).toHaveValue("");
  expect(screen.queryByText("whsec_c2VjcmV0")).not.toBeInTheDocument();
});

test("why an address is refused stands beside it", async () => {
  webhook();
  const detail = "shop.example leads to this machine.";
  server.use(
    http.patch("/api/webhook", () =>
      problem(422, "The webhook was not changed.", [{ pointer: "/url", detail }]),
    ),
  );
  const { user } = renderAt("/settings/webhook");
  await save(user);
  expect(await screen.findByText(detail)).toBeVisible();
});

test("each alarm says whether it was taken, waits or was given up", async () => {
  const next = "2025-09-17T12:00:00Z";
  webhook([
    { ...delivery, problem: "It answered 500.", next_at: next },
    { ...delivery, site_id: "site_2", kind: "spike", problem: "It answered 404." },
    { ...delivery, site_id: "site_3" },
  ]);
  const { user } = renderAt("/settings/webhook");
  await save(user);
  const [first, second, third] = within(
    await screen.findByRole("list", { name: "The last alarms" }),
  ).getAllByRole("listitem");
  expect(first).toHaveTextContent(/^No events from ShoesNot taken yet.*It answered 500.Next:/);
  expect(second).toHaveTextContent(/^Many more visits on ShoesGiven up.*It answered 404.$/);
  expect(third).toHaveTextContent(/^No events from ShoesTaken/);
});
