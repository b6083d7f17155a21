import assert from "node:assert/strict";
import { test } from "node:test";
import { prepare } from "./visits.mjs";

const visits = prepare();

/** @param {any[]} events */
const told = (events) =>
  events.map((event) => `${event.event_type} ${event.path}${event.query}${event.hash}`);

test("each navigation inside the page is one route_change, with the address before as its referrer", async () => {
  const page = await visits.open("/");
  await visits.collector.settle(1);
  await page.evaluate(`history.pushState({}, "", "/cart?step=1")`);
  await visits.collector.settle(2);
  await page.evaluate(`history.replaceState({}, "", "/cart?step=2")`);
  await visits.collector.settle(3);
  await page.evaluate(`location.hash = "pay"`);
  await visits.collector.settle(4);
  await page.goBack();
  await visits.collector.settle(5);
  await page.goBack();
  const events = await visits.collector.settle(6);

  assert.deepEqual(told(events), [
    "pageview /",
    "route_change /cart?step=1",
    "route_change /cart?step=2",
    "route_change /cart?step=2#pay",
    "route_change /cart?step=2",
    "route_change /",
  ]);
  const urls = events.map((event) => event.url);
  assert.deepEqual(
    events.slice(1).map((event) => event.referrer),
    urls.slice(0, -1),
  );
});

test("an address that stays the same is not a navigation", async () => {
  const page = await visits.open("/");
  await visits.collector.settle(1);
  await page.evaluate(`
    history.replaceState({ scroll: 10 }, "", location.href);
    history.pushState({ dialog: 1 }, "");
    dispatchEvent(new PopStateEvent("popstate"));
    dispatchEvent(new HashChangeEvent("hashchange"));
  `);
  await visits.collector.settle(1);
});

test("navigations in quick succession are told apart", async () => {
  const page = await visits.open("/");
  await visits.collector.settle(1);
  await page.evaluate(`history.pushState({}, "", "/a"); history.pushState({}, "", "/b")`);
  const events = await visits.collector.settle(3);
  assert.deepEqual(told(events.slice(1)).sort(), ["route_change /a", "route_change /b"]);
});

test("the title is the one that the app sets after it changed the address", async () => {
  const page = await visits.open("/");
  await visits.collector.settle(1);
  await page.evaluate(`
    history.pushState({}, "", "/cart");
    setTimeout(() => { document.title = "Your cart"; }, 20);
  `);
  const [, event] = await visits.collector.settle(2);
  assert.equal(event.title, "Your cart");
});

test("the page's own use of history works as before, errors included", async () => {
  const page = await visits.open("/");
  await visits.collector.settle(1);
  const outcome = await page.evaluate(() => {
    history.pushState({ step: 1 }, "", "/cart");
    let refused = "";
    try {
      history.pushState({}, "", "https://elsewhere.example/");
    } catch (error) {
      refused = /** @type {Error} */ (error).name;
    }
    return { state: history.state, path: location.pathname, refused };
  });
  assert.deepEqual(outcome, { state: { step: 1 }, path: "/cart", refused: "SecurityError" });
  await visits.collector.settle(2);
});
