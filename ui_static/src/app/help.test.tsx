import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, test } from "vitest";
import { METRICS } from "@/features/dashboard/metrics";
import type { Block, Inline } from "@/features/help/document";
import { TOPICS } from "@/features/help/topics";
import { HELP } from "@/lib/helpPlaces";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

// Help asks the program for nothing: it is there for everybody.
beforeEach(() => {
  server.use(
    http.all("/api/*", ({ request }) => {
      throw new Error(`asked for ${request.url}`);
    }),
    http.get("/api/me", () => HttpResponse.json({}, { status: 401 })),
  );
});

function anchors(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === "heading") return [block.id];
    return block.kind === "table" ? block.rows.map(({ id }) => id) : [];
  });
}

function linksOfWords(words: readonly Inline[]): string[] {
  return words.flatMap((word) => {
    if ("text" in word) return [];
    return [...(word.kind === "link" ? [word.to] : []), ...linksOfWords(word.inside)];
  });
}

function links(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => {
    if (block.kind === "code") return [];
    if (block.kind === "list") return block.items.flatMap(links);
    if (block.kind === "table") {
      return [...block.head, ...block.rows.flatMap(({ cells }) => cells)].flatMap(linksOfWords);
    }
    return linksOfWords(block.inside);
  });
}

test("a page stands under its heading, with the way to all others", async () => {
  const { user } = renderAt("/help");
  expect(await screen.findByRole("heading", { level: 1, name: "Getting started" })).toBeVisible();
  const others = within(screen.getByRole("navigation", { name: "Help" }));
  await user.click(others.getByRole("link", { name: "Privacy" }));
  expect(await screen.findByRole("heading", { level: 1, name: "Privacy" })).toBeVisible();
});

test("an address leads to its part of the page", async () => {
  renderAt("/help/metrics#bounce-rate");
  await waitFor(() =>
    expect(document.getElementById("bounce-rate")).toHaveTextContent("exactly one pageview"),
  );
});

test("an unknown page says so", async () => {
  renderAt("/help/nothing");
  expect(await screen.findByText("There is no page at this address")).toBeVisible();
});

test("every link between pages leads somewhere, those beside the numbers too", async () => {
  const pages = new Map<string, Block[]>();
  for (const { name, load } of TOPICS) pages.set(name, (await load()).default);
  const lost = [...pages].flatMap(([from, blocks]) =>
    links(blocks).filter((link) => {
      const [file = "", anchor] = link.split("#");
      const target = pages.get(file ? file.replace(/\.md$/, "") : from);
      return target && anchor && !anchors(target).includes(anchor);
    }),
  );
  expect(lost).toEqual([]);
  const known = anchors(pages.get("metrics") ?? []);
  expect(METRICS.map(({ topic }) => topic).filter((topic) => !known.includes(topic))).toEqual([]);
  const places = Object.values(HELP).map(({ page }) => page.split("#"));
  const missing = places.filter(
    ([page = "", anchor = ""]) => !anchors(pages.get(page) ?? []).includes(anchor),
  );
  expect(missing).toEqual([]);
});
