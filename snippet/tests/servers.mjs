// The two sides of a visit: a shop whose pages embed the snippet, and the machine that takes its events.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

const SNIPPET = readFileSync(new URL("../dist/analytics.js", import.meta.url));
const SITE = 'data-site-id="site_123456" data-site-key="pk_live_XYZ"';

/** @typedef {{ method: string, path: string, query: string, contentType: string, body: any }} Received */

/** @param {import("node:http").Server} server @returns {Promise<number>} the port */
async function listen(server) {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}

/** Serves the snippet at any path that ends in analytics.js and records what is sent to any ingest/event. */
export async function startCollector() {
  /** @type {Received[]} */
  const received = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://stats.test");
    if (url.pathname.endsWith("/analytics.js")) {
      response.writeHead(200, { "Content-Type": "text/javascript" }).end(SNIPPET);
      return;
    }
    if (!url.pathname.endsWith("/ingest/event")) {
      response.writeHead(404).end();
      return;
    }
    let text = "";
    for await (const chunk of request) text += chunk;
    received.push({
      method: request.method ?? "",
      path: url.pathname,
      query: url.search,
      contentType: request.headers["content-type"] ?? "",
      body: text && JSON.parse(text),
    });
    response.writeHead(200, { "Content-Type": "application/json" }).end('{"status": "ok"}');
  });
  const origin = `http://stats.test:${await listen(server)}`;

  /** The events so far, in the order in which they happened. */
  const events = () =>
    received.map((request) => request.body).sort((a, b) => a.timestamp.localeCompare(b.timestamp));

  return {
    origin,
    received,
    events,
    clear: () => received.splice(0),
    close: () => server.close(),

    /** Waits for `count` events, then long enough for one too many to show itself. */
    async settle(/** @type {number} */ count) {
      for (const end = Date.now() + 5000; received.length < count && Date.now() < end; ) await pause(20);
      await pause(250);
      if (received.length !== count) {
        const got = events().map((event) => `${event.event_type} ${event.url}`);
        throw new Error(`Expected ${count} events, got ${received.length}: ${got.join(", ")}`);
      }
      return events();
    },

    /** The tag as a shop owner pastes it; `prefix` is a path on the way to the script. */
    tag: (prefix = "") => `<script src="${origin}${prefix}/analytics.js" ${SITE} async defer></script>`,
  };
}

/**
 * A shop: `pages` maps a path to its HTML, any other path is an empty page titled "Shop".
 * `origin` is plain http, `secureOrigin` the same shop where the browser trusts it as it does https.
 *
 * @param {string} tag stands at the end of every page's head
 * @param {Record<string, string>} [pages]
 */
export async function startShop(tag, pages = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://shop.test");
    const page = pages[pathname] ?? `<title>Shop</title>${tag}`;
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(`<!doctype html>${page}`);
  });
  const port = await listen(server);
  return {
    origin: `http://shop.test:${port}`,
    secureOrigin: `http://127.0.0.1:${port}`,
    close: () => server.close(),
  };
}
