// The two sides of a visit: a shop whose pages embed the snippet, and the machine that takes its events.
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

const DIST = new URL("../dist/", import.meta.url);
const SITE = 'data-site-id="site_123456" data-site-key="pk_live_XYZ"';

/** What the snippet tells of by itself, beside the pages that are opened. */
const ASIDE = new Set(["load", "leave", "click"]);

/** @typedef {{ method: string, path: string, query: string, contentType: string, body: any }} Received */

/** @param {import("node:http").Server} server @returns {Promise<number>} the port */
export async function listen(server, port = 0) {
  await new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}

/**
 * Serves the built files at any path and records what is sent to any ingest/event. Its `status` is what
 * it answers to events; 0 cuts the connection without an answer.
 *
 * @param {string} [host] the name that pages know it by
 */
export async function startCollector(host = "stats.test") {
  /** @type {Received[]} */
  const received = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://stats.test");
    const name = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
    if (name.endsWith(".js") && existsSync(new URL(name, DIST))) {
      response
        .writeHead(200, { "Content-Type": "text/javascript", "Access-Control-Allow-Origin": "*" })
        .end(readFileSync(new URL(name, DIST)));
      return;
    }
    if (!url.pathname.endsWith("/ingest/event")) {
      response.writeHead(404).end();
      return;
    }
    let text = "";
    for await (const chunk of request) text += chunk;
    if (collector.status === 0) {
      request.socket.destroy();
      return;
    }
    if (collector.status === 200)
      received.push({
        method: request.method ?? "",
        path: url.pathname,
        query: url.search,
        contentType: request.headers["content-type"] ?? "",
        body: text && JSON.parse(text),
      });
    const headers = {
      "Content-Type": "application/json",
      "Access-Control-Allow-Origin": request.headers.origin ?? "*",
    };
    response.writeHead(collector.status, headers).end('{"status": "ok"}');
  });
  const origin = `http://${host}:${await listen(server)}`;

  /** The events so far, in the order in which they happened. */
  const events = () =>
    received.map((request) => request.body).sort((a, b) => a.timestamp.localeCompare(b.timestamp));
  const counted = () => events().filter((event) => !ASIDE.has(event.event_type));

  const collector = {
    status: 200,
    origin,
    received,
    events,
    clear: () => received.splice(0),
    close: () => server.close(),

    /** Waits for an event of this type, the `count`th of them, and returns it. */
    async expect(/** @type {string} */ type, count = 1) {
      for (const end = Date.now() + 8000; ; await pause(20)) {
        const found = events().filter((event) => event.event_type === type);
        if (found.length >= count) return found[count - 1];
        if (Date.now() > end) throw new Error(`No ${type} number ${count} among: ${told(events())}`);
      }
    },

    /** Waits for `count` events that are not sent aside, then long enough for one too many to show itself. */
    async settle(/** @type {number} */ count) {
      for (const end = Date.now() + 5000; counted().length < count && Date.now() < end; ) await pause(20);
      await pause(250);
      if (counted().length !== count)
        throw new Error(`Expected ${count} events, got ${counted().length}: ${told(events())}`);
      return counted();
    },

    /** The tag as a shop owner pastes it; `prefix` is a path on the way to the script. */
    tag: (prefix = "", attributes = "") =>
      `<script src="${origin}${prefix}/analytics.js" ${SITE} ${attributes} async defer></script>`,
  };
  return collector;
}

/** @param {any[]} events */
const told = (events) => events.map((event) => `${event.event_type} ${event.url}`).join(", ") || "none";

/**
 * A page of the shop: its HTML, or more about it. `wait` holds the answer back, in milliseconds.
 *
 * @typedef {string | { body: string, headers?: Record<string, string>, wait?: number }} Page
 */

/**
 * A shop: `pages` maps a path to its page, any other path is an empty page titled "Shop".
 * `origin` is plain http, `secureOrigin` the same shop where the browser trusts it as it does https.
 *
 * @param {string} tag stands at the end of every page's head
 * @param {Record<string, Page>} [pages]
 */
export async function startShop(tag, pages = {}) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://shop.test");
    const page = pages[pathname] ?? `<title>Shop</title>${tag}`;
    const { body, headers, wait } = typeof page === "string" ? { body: page } : page;
    await pause(wait ?? 0);
    const head = { "Content-Type": "text/html; charset=utf-8", ...headers };
    const prologue = head["Content-Type"].startsWith("text/html") ? "<!doctype html>" : "";
    response.writeHead(200, head).end(prologue + body);
  });
  const port = await listen(server);
  return {
    origin: `http://shop.test:${port}`,
    secureOrigin: `http://127.0.0.1:${port}`,
    close: () => server.close(),
  };
}
