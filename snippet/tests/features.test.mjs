// Every feature in every browser that this machine has, against the built files: what a visitor does is
// compared with what arrives.
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { BROWSERS } from "./browsers.mjs";
import { noRouter, pages } from "./fixtures.mjs";
import { startCollector, startShop } from "./servers.mjs";

/** The digits of a UUID: 13 of milliseconds, then 19 at random. */
const ID = /^\d{32}$/;
const KEPT = "Object.keys(localStorage).sort()";
/** A look of less than a tenth of a second is not told. */
const A_LOOK = 250;

for (const { name, missing, start } of BROWSERS)
  describe(name, { skip: missing ?? false }, () => {
    /** @type {Awaited<ReturnType<typeof startCollector>>} */
    let collector;
    /** @type {string} */
    let shop;
    /** @type {() => void} */
    let closeShop;
    /** @type {import("./browsers.mjs").Visitor} */
    let visitor;

    before(async () => {
      collector = await startCollector("localhost");
      const started = await startShop(collector.tag(), pages(collector));
      shop = started.secureOrigin;
      closeShop = started.close;
      visitor = await start();
    });
    afterEach(async () => {
      await visitor.forget();
      collector.status = 200;
      await pause(50);
      collector.clear();
    });
    after(async () => {
      await visitor.close();
      closeShop();
      collector.close();
    });

    /** Opens a page and waits until all of the snippet is there. */
    async function arrive(/** @type {string} */ path) {
      const tab = await visitor.open(shop + path);
      await collector.expect("load");
      return tab;
    }

    const told = () => collector.events().map((event) => `${event.event_type} ${event.path}`);

    test("a page that is opened, looked at and left is told from beginning to end", async () => {
      const tab = await arrive("/busy?utm_source=news#top");
      const [load] = collector.events().filter((event) => event.event_type === "load");
      await tab.run("scrollTo(0, 600)");
      await pause(A_LOOK);
      const seen = await tab.run(
        "Math.round((scrollY + innerHeight) / document.documentElement.scrollHeight * 100)",
      );
      const facts = await tab.run(
        "({ screen: [screen.width, innerWidth], language: navigator.language, platform: navigator.platform })",
      );
      await tab.go(`${shop}/bare`);
      const leave = await collector.expect("leave");
      const pageview = await collector.expect("pageview");

      for (const event of [pageview, load, leave]) {
        assert.equal(event.url, `${shop}/busy?utm_source=news#top`);
        assert.deepEqual([event.path, event.query, event.hash], ["/busy", "?utm_source=news", "#top"]);
        assert.equal(event.title, "Busy");
        assert.deepEqual([event.screen.width, event.viewport.width], facts.screen);
        assert.equal(event.language, facts.language);
        assert.equal(event.visitor_id, pageview.visitor_id);
        assert.equal(event.session_id, pageview.session_id);
        for (const id of [event.event_id, event.visitor_id, event.session_id]) assert.match(id, ID);
      }
      assert.equal(new Set([pageview, load, leave].map((event) => event.event_id)).size, 3);
      assert.ok(load.performance.load_ms > 0);
      assert.equal(load.performance.navigation.type, "navigate");
      assert.ok(load.performance.navigation.domInteractive > 0);
      assert.ok(load.performance.resources >= 2);
      assert.ok(Array.isArray(load.performance.paint));
      assert.equal(load.platform, facts.platform);
      assert.ok(leave.engaged_ms >= A_LOOK && leave.engaged_ms < 60_000);
      assert.equal(Math.round(leave.scroll_depth), seen);
    });

    test("clicks are told by what was clicked, without what is private", async () => {
      const tab = await arrive("/busy");
      for (const id of ["buy", "name", "box", "field", "note"]) await tab.click(`#${id}`);
      await collector.expect("click", 5);
      const clicks = collector.events().filter((event) => event.event_type === "click");
      const { x, y, ...first } = clicks[0].click;
      assert.deepEqual(first, { tag: "BUTTON", id: "buy", class: "big red", text: "Add to cart" });
      assert.ok(x > 0 && y > 0);
      assert.deepEqual(clicks.map(({ click }) => [click.id, click.text]).slice(1, 2), [["name", ""]]);
      assert.deepEqual(
        clicks.slice(3).map(({ click }) => [click.id, click.text]),
        [
          ["field", ""],
          ["note", ""],
        ],
      );
      assert.ok(!/Alice|secret|4111|my note/.test(JSON.stringify(collector.events())));
    });

    test("outbound links, downloads, forms and errors are told, addresses without their parameters", async () => {
      const tab = await arrive("/busy");
      for (const id of ["out", "file", "send", "fail", "reject"]) await tab.click(`#${id}`);
      await collector.expect("error", 2);
      assert.deepEqual((await collector.expect("outbound_link")).custom, {
        url: "https://other.example/there",
      });
      assert.deepEqual((await collector.expect("file_download")).custom, { url: `${shop}/files/list.PDF` });
      assert.deepEqual((await collector.expect("form_submit")).custom, { form: "newsletter" });
      const [failed, rejected] = collector.events().filter((event) => event.event_type === "error");
      assert.match(failed.error.message, /nothing/);
      assert.ok(failed.error.filename.startsWith(`${shop}/busy`) && failed.error.lineno > 0);
      assert.match(rejected.error.message, /no stock/);
    });

    test("what data-off names is not sent", async () => {
      const tab = await arrive("/quiet");
      for (const id of ["buy", "fail", "out"]) await tab.click(`#${id}`);
      await tab.run(`analytiq.track("still_there")`);
      await pause(A_LOOK);
      await tab.go(`${shop}/bare`);
      const leave = await collector.expect("leave");
      assert.ok(!("scroll_depth" in leave));
      assert.deepEqual(
        collector
          .events()
          .map((event) => event.event_type)
          .sort(),
        ["leave", "load", "pageview", "still_there"],
      );
    });

    test("the back button opens a page again, whether the browser kept it or not", async () => {
      const tab = await arrive("/one");
      await pause(A_LOOK);
      await tab.go(`${shop}/two`);
      await collector.expect("pageview", 2);
      await pause(A_LOOK);
      await tab.back();
      await collector.expect("pageview", 3);
      const told = collector.events().filter((event) => event.event_type !== "load");
      assert.deepEqual(
        told.map((event) => `${event.event_type} ${event.path}`),
        ["pageview /one", "leave /one", "pageview /two", "leave /two", "pageview /one"],
      );
    });

    test("React Router's navigations are told, and what each page was looked at", {
      skip: noRouter,
    }, async () => {
      const tab = await arrive("/app");
      await pause(A_LOOK);
      await tab.click("#cart");
      await collector.expect("route_change");
      await pause(A_LOOK);
      await tab.click("#sort");
      await collector.expect("route_change", 2);
      await tab.back();
      await collector.expect("route_change", 3);
      const told = collector.events().filter((event) => !["load", "click"].includes(event.event_type));
      assert.deepEqual(
        told
          .filter((event) => event.event_type !== "leave")
          .map((event) => `${event.event_type} ${event.path}${event.query}`),
        ["pageview /app", "route_change /app/cart", "route_change /app/cart?sort=price", "route_change /app"],
      );
      assert.deepEqual(
        told
          .filter((event) => event.event_type === "leave")
          .map((event) => event.path)
          .slice(0, 2),
        ["/app", "/app/cart"],
      );
    });

    test("pages behind the # of an app are told apart", { skip: noRouter }, async () => {
      const tab = await arrive("/hashed");
      await tab.click("#cart");
      const change = await collector.expect("route_change");
      assert.deepEqual([change.path, change.hash], ["/hashed", "#/cart"]);
    });

    test("a frame is a page of its own; in a sandbox it has no ids", async () => {
      await visitor.open(`${shop}/frame`);
      await collector.expect("pageview", 2);
      const [framed, sandboxed] = collector
        .events()
        .filter((event) => event.event_type === "pageview")
        .sort((a, b) => a.path.localeCompare(b.path));
      assert.match(framed.visitor_id, ID);
      assert.equal(sandboxed.path, "/sandboxed");
      assert.ok(!("visitor_id" in sandboxed) && !("session_id" in sandboxed));
    });

    for (const path of ["/strict", "/nonce"])
      test(`a Content Security Policy that allows the script is enough: ${path}`, async () => {
        const tab = await arrive(path);
        await pause(A_LOOK);
        await tab.go(`${shop}/bare`);
        assert.equal((await collector.expect("leave")).path, path);
      });

    test("a page that is slow to load is counted before it is there", async () => {
      const opened = visitor.open(`${shop}/slow`);
      await collector.expect("pageview");
      assert.ok(collector.events().every((event) => event.event_type !== "load"));
      await opened;
      const load = await collector.expect("load");
      assert.ok(load.performance.load_ms > 2000);
    });

    test("two tabs are one visitor in one session", async () => {
      await visitor.open(`${shop}/one`);
      await collector.expect("pageview");
      await visitor.open(`${shop}/two`);
      await collector.expect("pageview", 2);
      const views = collector.events().filter((event) => event.event_type === "pageview");
      assert.equal(new Set(views.map((event) => event.visitor_id)).size, 1);
      assert.equal(new Set(views.map((event) => event.session_id)).size, 1);
    });

    test("where storage is blocked a cookie takes its place, where that is too there are no ids", async () => {
      const tab = await arrive("/blocked");
      await tab.go(`${shop}/blocked`);
      const [first, second] = [await collector.expect("pageview"), await collector.expect("pageview", 2)];
      assert.match(first.visitor_id, ID);
      assert.equal(first.visitor_id, second.visitor_id);
      await tab.go(`${shop}/no-storage`);
      const without = await collector.expect("pageview", 3);
      assert.ok(!("visitor_id" in without) && !("session_id" in without));
    });

    test("where beacons are refused, leaving is told by an ordinary request", async () => {
      const tab = await arrive("/refused");
      await pause(A_LOOK);
      await tab.go(`${shop}/bare`);
      assert.equal((await collector.expect("leave")).path, "/refused");
    });

    test("a page that throws is counted, and its errors are its own", async () => {
      const tab = await arrive("/throwing");
      await tab.run(`analytiq.track("circle", (() => { const c = {}; c.c = c; return c })())`);
      await tab.run(`analytiq.track("after")`);
      await collector.expect("after");
      assert.equal((await collector.expect("pageview")).title, "Throwing");
      assert.ok(!collector.events().some(({ error }) => /analytics/.test(error?.filename ?? "")));
    });

    test("cookieless, nothing is stored and no id is sent", async () => {
      const tab = await arrive("/cookieless");
      collector.status = 503;
      await tab.run(`analytiq.track("lost")`);
      await pause(A_LOOK);
      assert.deepEqual(await tab.run("[localStorage.length, document.cookie]"), [0, ""]);
      // The page of the test before may still be on its way out.
      const sent = collector.events().filter(({ path }) => path === "/cookieless");
      assert.ok(sent.length > 1);
      for (const event of sent)
        assert.ok(!("visitor_id" in event) && !("session_id" in event), event.event_type);
    });

    test("Global Privacy Control means no ids, unless the visitor says otherwise here", async () => {
      const tab = await arrive("/control");
      assert.deepEqual(await tab.run(KEPT), []);
      await tab.run("analytiq.consent(true)");
      await tab.run(`analytiq.track("after")`);
      const [before, after] = [await collector.expect("pageview"), await collector.expect("after")];
      assert.deepEqual([before.consent, after.consent], [undefined, true]);
      assert.ok(!("visitor_id" in before));
      assert.match(after.visitor_id, ID);
    });

    test("where consent is required there are no ids before it, and none after it is taken back", async () => {
      const tab = await arrive("/asks");
      assert.deepEqual(await tab.run(KEPT), []);
      await tab.run("analytiq.consent(true)");
      await tab.go(`${shop}/asks`);
      const agreed = await collector.expect("pageview", 2);
      assert.match(agreed.visitor_id, ID);
      await tab.run("analytiq.consent(false)");
      await tab.run(`analytiq.track("after")`);
      const after = await collector.expect("after");
      assert.equal(after.consent, false);
      assert.ok(!("visitor_id" in after) && !("session_id" in after));
      assert.ok(!(await tab.run("atob(localStorage.analytiq)")).includes(agreed.visitor_id));
    });

    test("the banner asks in the page's words until it is answered, and again when it is called", async () => {
      const tab = await arrive("/banner");
      const root = "document.body.lastElementChild.shadowRoot";
      const shown = `!!${root}?.querySelector("section")`;
      assert.equal(await tab.run(shown), true);
      assert.deepEqual(
        await tab.run(`[...${root}.querySelectorAll("button, a")].map((element) => element.textContent)`),
        ["Mehr", "Nein", "Ja"],
      );
      assert.ok(
        (await tab.run(`${root}.querySelector("section").textContent`)).startsWith("Dürfen wir zählen?"),
      );
      await tab.run(`${root}.querySelectorAll("button")[1].click()`);
      assert.equal(await tab.run(shown), false);
      await tab.run(`analytiq.track("agreed")`);
      const agreed = await collector.expect("agreed");
      assert.equal(agreed.consent, true);
      assert.match(agreed.visitor_id, ID);

      await tab.go(`${shop}/banner`);
      await collector.expect("load", 2);
      assert.equal(await tab.run(shown), false);
      await tab.click("#again");
      assert.equal(await tab.run(shown), true);
      await tab.run(`${root}.querySelectorAll("button")[0].click()`);
      await tab.run(`analytiq.track("refused")`);
      const refused = await collector.expect("refused");
      assert.equal(refused.consent, false);
      assert.ok(!("visitor_id" in refused));
    });

    test("who opts out is not counted on this page nor the next, until they opt in", async () => {
      const tab = await arrive("/one");
      const { visitor_id } = await collector.expect("pageview");
      await tab.run("analytiq.optOut()");
      await tab.run(`analytiq.track("hidden")`);
      await tab.go(`${shop}/two`);
      await pause(4 * A_LOOK);
      assert.deepEqual(
        collector
          .events()
          .map((event) => event.event_type)
          .sort(), // two requests under way at once: either may be first
        ["load", "pageview"],
      );
      assert.ok(!(await tab.run("atob(localStorage.analytiq)")).includes(visitor_id));
      await tab.run("analytiq.optIn()");
      await tab.run(`analytiq.track("back")`);
      assert.notEqual((await collector.expect("back")).visitor_id, visitor_id);
    });

    test("while the server cannot be reached, events wait, and arrive later as they were", async () => {
      const tab = await arrive("/one");
      await pause(A_LOOK);
      collector.status = 0;
      await tab.run(`analytiq.track("order", { items: 2 })`);
      await pause(A_LOOK);
      const kept = await tab.run(
        "Object.entries(localStorage).find(([, text]) => text.includes('order'))[1]",
      );
      await tab.go(`${shop}/two`);
      await pause(5200);
      assert.deepEqual(told().sort(), ["load /one", "pageview /one"]);
      collector.status = 200;
      await tab.run(`analytiq.track("up_again")`);
      const order = await collector.expect("order");
      assert.deepEqual(order, JSON.parse(kept));
      assert.deepEqual(order.custom, { items: 2 });
      const later = Date.parse((await collector.expect("up_again")).timestamp);
      assert.ok(later - Date.parse(order.timestamp) > 5000);
      assert.equal((await collector.expect("leave")).path, "/one");
      assert.equal((await collector.expect("pageview", 2)).path, "/two");
      await collector.expect("load", 2);
      await pause(A_LOOK);
      assert.deepEqual(await tab.run(KEPT), ["analytiq"]);
    });

    test("an event waits that may be taken later, not one that never will be", async () => {
      const tab = await arrive("/one");
      for (const [status, waiting] of /** @type {const} */ ([
        [403, 0],
        [503, 1],
        [429, 2],
      ])) {
        collector.status = status;
        await tab.run(`analytiq.track("order")`);
        await pause(A_LOOK);
        assert.equal((await tab.run(KEPT)).length, 1 + waiting, `${status}`);
      }
    });

    test("who refuses ids leaves no waiting event behind", async () => {
      const tab = await arrive("/one");
      collector.status = 503;
      await tab.run(`analytiq.track("waits")`);
      await pause(A_LOOK);
      assert.equal((await tab.run(KEPT)).length, 2);
      await tab.run("analytiq.optOut()");
      assert.deepEqual(await tab.run(KEPT), ["analytiq"]);
    });
  });
