import assert from "node:assert/strict";
import { test } from "node:test";
import { prepare } from "./visits.mjs";

/** The digits of a UUID: 13 of milliseconds, then 19 at random. */
const ID = /^\d{32}$/;

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
  assert.match(event_id, ID);
  assert.ok(Math.abs(Number(event_id.slice(0, 13)) - Date.parse(timestamp)) < 2);
  // A new visitor and a new session are named like their first event.
  assert.deepEqual([visitor_id, session_id], [event_id, event_id]);
});

test("the referrer is the page before", async () => {
  const page = await visits.open("/from");
  await page.click("a");
  const [event] = await visits.collector.settle(1);
  assert.equal(event.referrer, `${visits.shop.origin}/from`);
});

test("a page on https has the same kinds of ids", async () => {
  const page = await visits.open("/", visits.shop.secureOrigin);
  const [event] = await visits.collector.settle(1);
  assert.ok(await page.evaluate("isSecureContext"));
  for (const id of [event.event_id, event.visitor_id, event.session_id]) assert.match(id, ID);
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
