import { screen, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { SiteWithToday } from "@/api/types";
import { shop, shopToday } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

function sites(...list: Partial<SiteWithToday>[]) {
  const whole = list.map((site, number) => ({ ...shopToday, site_id: `site_${number}`, ...site }));
  server.use(http.get("/api/sites", () => HttpResponse.json({ sites: whole })));
}

test("a card tells today, what it is against yesterday, and who is there now", async () => {
  renderAt("/sites");
  const card = await screen.findByRole("listitem");
  expect(card).toHaveTextContent("12 visitors today");
  expect(card.textContent?.replaceAll("\u202f", " ")).toContain(
    "20 % more than yesterday by this time",
  );
  expect(card).toHaveTextContent("3 visitors there now");
  expect(within(card).getByRole("img")).toHaveAccessibleName(
    "Visitors in each of the last 24 hours: at most 5 in one",
  );
  expect(within(card).getByRole("link", { name: "Shoe shop" })).toHaveAttribute(
    "href",
    `/sites/${shop.site_id}`,
  );
});

test("the card's menu leads to what can be done, and only an owner may delete", async () => {
  sites({ name: "Mine" }, { name: "Ours", role: "editor" }, { name: "Theirs", role: "viewer" });
  const { user } = renderAt("/sites");
  await user.click(await screen.findByRole("button", { name: "More about Mine" }));
  expect(screen.getByRole("link", { name: "Rename" })).toHaveAttribute(
    "href",
    "/sites/site_0/settings#general",
  );
  expect(screen.getByRole("link", { name: "Delete" })).toBeVisible();
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("button", { name: "More about Ours" }));
  expect(screen.getByRole("link", { name: "Change the key" })).toBeVisible();
  expect(screen.queryByRole("link", { name: "Delete" })).not.toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "More about Theirs" })).not.toBeInTheDocument();
});

test("one's own websites and those of others stand apart", async () => {
  sites({ name: "Mine" }, { name: "Theirs", role: "viewer" });
  renderAt("/sites");
  const mine = await screen.findByRole("region", { name: "Yours" });
  expect(within(mine).getAllByRole("heading", { level: 3 })).toHaveLength(1);
  const theirs = screen.getByRole("region", { name: "Shared with you to look at" });
  expect(within(theirs).getByRole("link", { name: "Theirs" })).toBeVisible();
});

test("of many websites one is found by a part of its name or address", async () => {
  sites(
    ...Array.from({ length: 9 }, (_, number) => ({
      name: `Shop ${number}`,
      url: `https://shop${number}.example`,
    })),
  );
  const { user } = renderAt("/sites");
  expect(await screen.findAllByRole("listitem")).toHaveLength(9);
  await user.keyboard("/SHOP7.");
  expect(screen.getByRole("searchbox", { name: "Find a website" })).toHaveValue("SHOP7.");
  expect(screen.getAllByRole("listitem")).toHaveLength(1);
  expect(screen.getByRole("link", { name: "Shop 7" })).toBeVisible();
  await user.keyboard("x");
  expect(screen.getByText("No website has that in its name or address")).toBeVisible();
});

test("eight websites need no search", async () => {
  sites(...Array.from({ length: 8 }, () => ({})));
  renderAt("/sites");
  expect(await screen.findAllByRole("listitem")).toHaveLength(8);
  expect(screen.queryByRole("searchbox")).not.toBeInTheDocument();
});
