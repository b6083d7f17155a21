import assert from "node:assert/strict";
import { test } from "node:test";
import { prepare } from "./visits.mjs";

const visits = prepare((tag) => ({
  "/frame": `<title>Frame</title><iframe sandbox="allow-scripts" src="/framed"></iframe>`,
  "/framed": `<title>Framed</title>${tag}`,
}));

/** Runs in the page before its scripts: localStorage as a browser with blocked storage has it. */
function blockStorage() {
  Object.defineProperty(window, "localStorage", {
    get() {
      throw new DOMException("The operation is insecure.", "SecurityError");
    },
  });
}

/** Runs in the page before its scripts: localStorage with no room left. */
function fillStorage() {
  const full = new Proxy(localStorage, {
    set() {
      throw new DOMException("Full.", "QuotaExceededError");
    },
  });
  Object.defineProperty(window, "localStorage", { value: full });
}

/** What the snippet keeps in localStorage. @param {import("playwright-core").Page} page @returns {Promise<any>} */
const kept = (page) => page.evaluate("JSON.parse(atob(localStorage.analytiq))");

/** @param {any[]} events @param {string} field */
const distinct = (events, field) => new Set(events.map((event) => event[field])).size;

test("a visitor stays the same over a reload, in the same session", async () => {
  const page = await visits.open();
  const [event] = await visits.collector.settle(1);
  assert.equal((await kept(page)).visitor_id, event.visitor_id);
  await page.reload();
  const events = await visits.collector.settle(2);
  assert.equal(distinct(events, "visitor_id"), 1);
  assert.equal(distinct(events, "session_id"), 1);
  assert.equal(distinct(events, "event_id"), 2);
});

test("two tabs share a visitor and a session", async () => {
  await visits.open("/one");
  await visits.collector.settle(1);
  await visits.open("/two");
  const events = await visits.collector.settle(2);
  assert.equal(distinct(events, "visitor_id"), 1);
  assert.equal(distinct(events, "session_id"), 1);
});

test("a session ends after more than 30 quiet minutes, the visitor stays", async () => {
  await visits.context.clock.install({ time: new Date("2026-03-01T10:00:00Z") });
  const page = await visits.open();
  await visits.context.clock.pauseAt(new Date("2026-03-01T10:01:00Z"));
  await page.evaluate(`analytiq.track("first")`);
  for (const [time, name] of [
    ["2026-03-01T10:31:00.000Z", "exactly_30_minutes_on"],
    ["2026-03-01T11:01:00.000Z", "again"],
    ["2026-03-01T11:31:00.001Z", "a_millisecond_more"],
  ]) {
    await visits.context.clock.setFixedTime(new Date(String(time)));
    await page.evaluate(`analytiq.track("${name}")`);
    // Half an hour on, what has no answer yet is sent once more.
    await visits.collector.expect(String(name));
    await page.waitForFunction("Object.keys(localStorage).length == 1");
  }
  const events = await visits.collector.settle(5);
  const sessions = events.map((event) => event.session_id);
  assert.deepEqual(events.map((event) => event.event_type).slice(1), [
    "first",
    "exactly_30_minutes_on",
    "again",
    "a_millisecond_more",
  ]);
  assert.equal(new Set(sessions.slice(0, 4)).size, 1);
  assert.notEqual(sessions[4], sessions[3]);
  assert.equal(distinct(events, "visitor_id"), 1);
});

for (const [state, spoil] of /** @type {const} */ ([
  ["blocked", blockStorage],
  ["full", fillStorage],
])) {
  test(`where storage is ${state}, cookies that end in 400 days keep visitor and session`, async () => {
    await visits.context.addInitScript(spoil);
    const page = await visits.open();
    await visits.collector.settle(1);
    await page.reload();
    const events = await visits.collector.settle(2);
    assert.equal(distinct(events, "visitor_id"), 1);
    assert.equal(distinct(events, "session_id"), 1);

    const cookies = await visits.context.cookies();
    assert.deepEqual(
      cookies.map((cookie) => cookie.name),
      ["analytiq"],
    );
    for (const cookie of cookies) {
      assert.equal(cookie.sameSite, "Lax");
      const days = (cookie.expires - Date.now() / 1000) / 86_400;
      assert.ok(days > 399 && days <= 400, `${days} days`);
    }
  });
}

test("where the browser keeps nothing, the event goes without ids", async () => {
  await visits.open("/frame");
  const [event] = await visits.collector.settle(1);
  assert.equal(event.path, "/framed");
  assert.ok(!("visitor_id" in event) && !("session_id" in event));
});

for (const foreign of ["sess_98765", "null", btoa("null"), btoa('{"timestamp": "soon"}')])
  test(`what someone else wrote there, ${foreign}, begins a new session`, async () => {
    await visits.context.addInitScript((text) => {
      localStorage.analytiq = text;
    }, foreign);
    await visits.open();
    const [event] = await visits.collector.settle(1);
    assert.match(event.session_id, /^\d{32}$/);
    assert.match(event.visitor_id, /^\d{32}$/);
  });
