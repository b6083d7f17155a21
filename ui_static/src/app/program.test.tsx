import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { expect, test } from "vitest";
import type { Network, ProgramSettings } from "@/api/types";
import { alice, compaction, network } from "@/testing/people";
import { renderAt } from "@/testing/renderAt";
import { server } from "@/testing/server";

const settings: ProgramSettings = {
  address: "http://192.168.1.20:8585",
  public_url: null,
  host: "0.0.0.0",
  port: 8585,
  tls_port: null,
  dashboard: "network",
  signup: "closed",
  raw_retention_days: 396,
  facts_retention_days: 800,
  data_dir: "/data",
  settings_file: "/data/analytiq.toml",
};

function startedWith(more: Partial<ProgramSettings>) {
  server.use(http.get("/api/settings", () => HttpResponse.json({ ...settings, ...more })));
}

test("the network page tells who reaches the address and how to change it", async () => {
  startedWith({});
  renderAt("/settings/network");
  expect(await screen.findByText("http://192.168.1.20:8585")).toBeVisible();
  expect(screen.getByText(/No public address is set/)).toBeVisible();
  expect(screen.getByText("Only your own network reaches that address")).toBeVisible();
  expect(screen.getByText('public_url = "https://stats.example.com"')).toBeVisible();
  expect(screen.getByText("/data/analytiq.toml")).toBeVisible();
});

test("a public address without https is warned of, one with https is not", async () => {
  startedWith({ address: "http://stats.shop.example", public_url: "http://stats.shop.example" });
  renderAt("/settings/network");
  expect(await screen.findByText("Websites with https cannot use that address")).toBeVisible();
});

test("a public https address is all right", async () => {
  startedWith({ address: "https://stats.shop.example", public_url: "https://stats.shop.example" });
  renderAt("/settings/network");
  expect(await screen.findByText(/Visitors anywhere can reach it/)).toBeVisible();
});

function reachedAt(found: Partial<Network>) {
  server.use(http.get("/api/network", () => HttpResponse.json({ ...network, ...found })));
}

test("the network page tells at which addresses the program answers, and asks again", async () => {
  startedWith({});
  let asked = 0;
  server.use(
    http.get("/api/network", () => {
      asked += 1;
      const [first, ...others] = network.addresses;
      return HttpResponse.json({
        ...network,
        addresses: [{ ...first, answers: asked > 1 }, ...others],
      });
    }),
  );
  const { user } = renderAt("/settings/network");
  expect(await screen.findByText("Analytiq does not answer there")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Test again" }));
  await waitFor(() =>
    expect(screen.queryByText("Analytiq does not answer there")).not.toBeInTheDocument(),
  );
  expect(screen.getAllByText("Analytiq answers there")).toHaveLength(2);
});

test("without an https address the network page explains mixed content and the ways out", async () => {
  startedWith({});
  reachedAt({ for_https_pages: false });
  renderAt("/settings/network");
  expect(await screen.findByText("Websites with https need an https address.")).toBeVisible();
  expect(screen.getByText(/a certificate for Analytiq itself/)).toBeVisible();
  expect(screen.getByText(/in front of Analytiq/)).toBeVisible();
});

test("with an https address the network page says that https websites can send", async () => {
  startedWith({});
  reachedAt({ for_https_pages: true });
  renderAt("/settings/network");
  expect(await screen.findByText("Websites with https can send their events here.")).toBeVisible();
  expect(screen.queryByText(/mixed content/)).not.toBeInTheDocument();
});

test("the retention page tells the days and what they mean", async () => {
  startedWith({ raw_retention_days: 30 });
  renderAt("/settings/retention");
  expect(await screen.findByText("30 days")).toBeVisible();
  expect(screen.getByText("800 days")).toBeVisible();
  expect(screen.getByText(/raw_retention_days = 30/)).toBeVisible();
});

test("the database is compacted by a click, and what that gained is told", async () => {
  startedWith({});
  const { user } = renderAt("/settings/retention");
  expect(await screen.findByText(/412.0.MB, of which 150.0.MB hold nothing/)).toBeVisible();
  const last = {
    at: "2026-09-17T01:00:00Z",
    before_bytes: 412_000_000,
    after_bytes: 262_000_000,
    seconds: 2,
  };
  server.use(
    http.post("/api/compaction", () => {
      const after = { ...compaction, bytes: 262_000_000, free_bytes: 0, last };
      server.use(http.get("/api/compaction", () => HttpResponse.json(after)));
      return HttpResponse.json(last);
    }),
  );
  await user.click(screen.getByRole("button", { name: "Compact now" }));
  expect(await screen.findByText(/from 412.0.MB to 262.0.MB/)).toBeVisible();
  expect(screen.getByText("Done. Nothing else has changed.")).toBeVisible();
});

test("why the database could not be compacted is told", async () => {
  startedWith({});
  const failure = { at: "2026-09-17T01:00:00Z", detail: "9 MB are free. Nothing is lost." };
  server.use(http.get("/api/compaction", () => HttpResponse.json({ ...compaction, failure })));
  renderAt("/settings/retention");
  expect(await screen.findByText("9 MB are free. Nothing is lost.")).toBeVisible();
});

test("others than the owner are told whose pages these are", async () => {
  server.use(http.get("/api/me", () => HttpResponse.json({ user: { ...alice, role: "editor" } })));
  renderAt("/settings/network");
  expect(await screen.findByText("This page is the owner's")).toBeVisible();
  expect(screen.queryByRole("link", { name: "Retention" })).not.toBeInTheDocument();
});
