import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { MailReports, MailReportsForm } from "@/api/types";
import { alice, shop } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

test("an editor chooses how often a website's numbers come, and the choice stays", async () => {
  let chosen: MailReportsForm = { weekly: false, monthly: true };
  const { site_id, name } = shop;
  server.use(
    http.get("/api/me", () => HttpResponse.json({ user: { ...alice, role: "editor" } })),
    http.get("/api/mail/reports", () => {
      const sites = [{ site_id, name, ...chosen }];
      return HttpResponse.json({
        sent_to: alice.email,
        can_send: false,
        sites,
      } satisfies MailReports);
    }),
    http.patch(`/api/sites/${site_id}/mail-reports`, async ({ request }) => {
      chosen = (await request.json()) as MailReportsForm;
      return HttpResponse.json({ site_id, name, ...chosen });
    }),
  );
  const { user } = renderAt("/settings/mail");
  const group = within(await screen.findByRole("group", { name }));
  expect(group.getByLabelText("Monthly")).toBeChecked();
  await user.click(group.getByLabelText("Weekly"));
  expect(await group.findByLabelText("Weekly")).toBeChecked();
  expect(chosen).toEqual({ weekly: true, monthly: true });
  expect(screen.getByText(/once an owner of this Analytiq has named a mail server/)).toBeVisible();
  expect(screen.queryByLabelText("Server")).not.toBeInTheDocument();
});
