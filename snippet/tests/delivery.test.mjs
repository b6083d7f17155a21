import assert from "node:assert/strict";
import { test } from "node:test";
import { prepare } from "./visits.mjs";

const visits = prepare((tag, collector) => ({
  "/prefixed": `<title>Prefixed</title>${collector.tag("/tools/stats")}`,
  "/bare": "<title>Bare</title>",
  "/twice": `<title>Twice</title>${tag}${tag}`,
  "/broken": `<title>Broken</title><script>throw new Error("the shop's own");</script>${tag}<script>missing();</script>`,
  "/on-load": `<title>On load</title><script>addEventListener("load", () => window.analytiq?.track("early"))</script>${tag}`,
}));

test("an event needs no preflight and outlives its page, credentials in the query", async () => {
  await visits.context.addInitScript(() => {
    const { fetch } = window;
    window.fetch = (url, options) =>
      fetch(url, options?.keepalive ? options : { signal: AbortSignal.abort() });
  });
  await visits.open();
  await visits.collector.settle(1);
  const [request] = visits.collector.received;
  assert.equal(request?.method, "POST");
  assert.equal(request?.path, "/ingest/event");
  assert.equal(request?.query, "?site_id=site_123456&k=pk_live_XYZ");
  assert.match(request?.contentType ?? "", /^text\/plain/);
  assert.ok(!("site_key" in request.body));
});

for (const [state, spoil] of /** @type {const} */ ([
  ["taken", ""],
  ["refused", "navigator.sendBeacon = () => false"],
  ["missing", "navigator.sendBeacon = undefined"],
])) {
  test(`where a beacon is ${state}, leaving the page is told`, async () => {
    await visits.context.addInitScript(spoil);
    const page = await visits.open();
    await visits.collector.expect("load");
    await page.waitForTimeout(150);
    await page.goto(`${visits.shop.origin}/bare`);
    const event = await visits.collector.expect("leave");
    assert.equal(event.path, "/");
    const request = visits.collector.received.find(({ body }) => body === event);
    assert.equal(request?.method, "POST");
    assert.equal(request?.query, "?site_id=site_123456&k=pk_live_XYZ");
    assert.match(request?.contentType ?? "", /^text\/plain/);
  });
}

test("the events go where the script came from, behind a path prefix too", async () => {
  await visits.open("/prefixed");
  await visits.collector.settle(1);
  assert.equal(visits.collector.received[0]?.path, "/tools/stats/ingest/event");
});

test("track sends a custom event with its properties", async () => {
  const page = await visits.open();
  await visits.collector.settle(1);
  await page.evaluate(`analytiq.track("signup", { plan: "pro", seats: 3 }); analytiq.track("left")`);
  const events = (await visits.collector.settle(3)).slice(1);
  const told = events.map(({ event_type, custom, path }) => ({ event_type, custom, path }));
  assert.deepEqual(
    told.sort((a, b) => b.event_type.localeCompare(a.event_type)),
    [
      { event_type: "signup", custom: { plan: "pro", seats: 3 }, path: "/" },
      { event_type: "left", custom: undefined, path: "/" },
    ],
  );
});

test("a page can track from its load event on, however late the script comes", async () => {
  await visits.open("/on-load");
  const events = await visits.collector.settle(2);
  assert.deepEqual(events.map((event) => event.event_type).sort(), ["early", "pageview"]);
});

test("a script that is included twice counts once", async () => {
  const page = await visits.open("/twice");
  await visits.collector.settle(1);
  await page.evaluate(`history.pushState({}, "", "/next")`);
  await visits.collector.settle(2);
});

test("a page with errors of its own is counted", async () => {
  await visits.open("/broken");
  const [event] = await visits.collector.settle(1);
  assert.equal(event.title, "Broken");
});

test("analytiq is the only name that the page gets", async () => {
  const names = "Object.getOwnPropertyNames(window)";
  const before = new Set(/** @type {string[]} */ (await (await visits.open("/bare")).evaluate(names)));
  const page = await visits.open();
  await visits.collector.settle(1);
  const after = /** @type {string[]} */ (await page.evaluate(names));
  assert.deepEqual(
    after.filter((name) => !before.has(name)),
    ["analytiq"],
  );
});

test("whatever fails inside, the page hears nothing of it", async () => {
  await visits.context.addInitScript(() => {
    window.fetch = navigator.sendBeacon = () => {
      throw new Error("patched by an extension");
    };
  });
  const page = await visits.context.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(visits.shop.origin);
  await page.waitForFunction("window.analytiq");
  await page.evaluate(() => {
    const circular = /** @type {any} */ ({});
    circular.self = circular;
    window.analytiq?.track("circular", circular);
    history.pushState({}, "", "/cart");
  });
  await visits.collector.settle(0);
  assert.deepEqual(errors, []);
});

test("a collector that cannot be reached is no error of the page", async () => {
  await visits.context.route("**/ingest/event**", (route) => route.abort());
  const page = await visits.context.newPage();
  /** @type {string[]} */
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  const failed = page.waitForEvent("requestfailed");
  await page.goto(visits.shop.origin);
  await failed;
  await visits.collector.settle(0);
  assert.deepEqual(errors, []);
});
