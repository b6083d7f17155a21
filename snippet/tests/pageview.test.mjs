import assert from "node:assert/strict";
import { test } from "node:test";
import { prepare } from "./visits.mjs";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const visits = prepare(() => ({
  "/from": `<title>From</title><a href="/products/42">on</a>`,
}));

test("a page tells what it is, where the visitor came from and what they look at it with", async () => {
  const page = await visits.open("/products/42?utm_source=news&q=a%20b#reviews");
  const [event] = await visits.collector.settle(1);
  const { event_id, timestamp, visitor_id, session_id, ...rest } = event;

  assert.deepEqual(rest, {
    event_type: "pageview",
    url: `${visits.shop.origin}/products/42?utm_source=news&q=a%20b#reviews`,
    path: "/products/42",
    query: "?utm_source=news&q=a%20b",
    hash: "#reviews",
    title: "Shop",
    referrer: "",
    language: "en-US",
    timezone: await page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone"),
    screen: { width: 1000, height: 700 },
    viewport: { width: 1000, height: 700 },
  });
  assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.ok(Math.abs(Date.now() - Date.parse(timestamp)) < 10_000);
  for (const id of [event_id, visitor_id, session_id]) assert.match(id, UUID);
  assert.equal(new Set([event_id, visitor_id, session_id]).size, 3);
});

test("the referrer is the page before", async () => {
  const page = await visits.open("/from");
  await page.click("a");
  const [event] = await visits.collector.settle(1);
  assert.equal(event.referrer, `${visits.shop.origin}/from`);
});

test("a page where the browser trusts the connection has the same kinds of ids", async () => {
  const page = await visits.open("/", visits.shop.secureOrigin);
  const [event] = await visits.collector.settle(1);
  assert.equal(await page.evaluate("typeof crypto.randomUUID"), "function");
  for (const id of [event.event_id, event.visitor_id, event.session_id]) assert.match(id, UUID);
});

test("a page on plain http makes its ids without crypto.randomUUID", async () => {
  const page = await visits.open();
  const [event] = await visits.collector.settle(1);
  assert.equal(await page.evaluate("typeof crypto.randomUUID"), "undefined");
  for (const id of [event.event_id, event.visitor_id, event.session_id]) assert.match(id, UUID);
});

test("a page rendered ahead is counted only when the visitor turns to it", async () => {
  // A browser under test does not prerender, so the page is told that it is.
  await visits.context.addInitScript(() => {
    Object.defineProperty(document, "prerendering", { configurable: true, value: true });
  });
  const page = await visits.open();
  await page.evaluate(`analytiq.track("seen")`);
  await visits.collector.settle(0);

  const before = Date.now();
  await page.evaluate(() => {
    Object.defineProperty(document, "prerendering", { value: false });
    document.dispatchEvent(new Event("prerenderingchange"));
  });
  const events = await visits.collector.settle(2);
  assert.deepEqual(events.map((event) => event.event_type).sort(), ["pageview", "seen"]);
  for (const event of events) assert.ok(Date.parse(event.timestamp) >= before);
});
