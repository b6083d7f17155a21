import { screen } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { MailForm, MailState } from "@/api/types";
import { problem } from "@/testing/handlers";
import { alice } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const none: MailState = {
  host: null,
  port: null,
  security: null,
  username: null,
  has_password: false,
  sender: null,
};
const saved: MailState = {
  host: "smtp.shop.example",
  port: 465,
  security: "tls",
  username: "shop",
  has_password: true,
  sender: "analytiq@shop.example",
};

/** What the program keeps, and every form that it was sent. */
function mailServer(before: MailState): MailForm[] {
  let state = before;
  const sent: MailForm[] = [];
  server.use(
    http.get("/api/mail", () => HttpResponse.json(state)),
    http.patch("/api/mail", async ({ request }) => {
      sent.push((await request.json()) as MailForm);
      state = saved;
      return HttpResponse.json(saved);
    }),
    http.delete("/api/mail", () => {
      state = none;
      return new HttpResponse(null, { status: 204 });
    }),
  );
  return sent;
}

test("a mail server is named, with the port that goes with its encryption", async () => {
  const sent = mailServer(none);
  const { user } = renderAt("/settings/mail");
  await user.type(await screen.findByLabelText("Server"), "smtp.shop.example");
  expect(screen.queryByRole("button", { name: "Send me a test" })).not.toBeInTheDocument();
  await user.selectOptions(screen.getByLabelText("Encryption"), "tls");
  expect(screen.getByLabelText("Port")).toHaveValue("465");
  await user.type(screen.getByLabelText("User name"), "shop");
  await user.type(screen.getByLabelText("Password"), "open sesame");
  await user.type(screen.getByLabelText("E-mail comes from"), "analytiq@shop.example");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByRole("button", { name: "Send me a test" })).toBeVisible();
  expect(screen.getByText("One is saved. Leave this empty to keep it.")).toBeVisible();
  expect(screen.getByLabelText("Password")).toHaveValue("");
  const { has_password: _, ...server_ } = saved;
  expect(sent).toEqual([{ ...server_, password: "open sesame" }]);
});

test("a port of one's own stays, and the password that is saved is kept", async () => {
  const sent = mailServer({ ...saved, port: 2525 });
  const { user } = renderAt("/settings/mail");
  await user.selectOptions(await screen.findByLabelText("Encryption"), "starttls");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("Saved.")).toBeVisible();
  expect(sent).toMatchObject([{ port: 2525, security: "starttls", password: null }]);
});

test("what is wrong with it stands beside the field, and why a test failed above its button", async () => {
  mailServer(saved);
  server.use(
    http.patch("/api/mail", () =>
      problem(422, "The mail server was not saved.", [
        { pointer: "/port", detail: "must be a port" },
      ]),
    ),
    http.post("/api/mail/test", () => problem(503, "smtp.shop.example does not answer.")),
  );
  const { user } = renderAt("/settings/mail");
  await user.click(await screen.findByRole("button", { name: "Save" }));
  expect(await screen.findByText("must be a port")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Send me a test" }));
  expect(await screen.findByText("smtp.shop.example does not answer.")).toBeVisible();
  server.use(http.post("/api/mail/test", () => HttpResponse.json({ sent_to: alice.email })));
  await user.click(screen.getByRole("button", { name: "Send me a test" }));
  expect(await screen.findByText(`The server has taken it, for ${alice.email}.`)).toBeVisible();
});

test("it is taken away again", async () => {
  mailServer(saved);
  const { user } = renderAt("/settings/mail");
  await user.click(await screen.findByRole("button", { name: "Send no e-mail any more" }));
  expect(await screen.findByLabelText("Server")).toHaveValue("");
  expect(screen.queryByRole("button", { name: "Send me a test" })).not.toBeInTheDocument();
});
