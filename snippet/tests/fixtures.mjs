// The pages of a shop that a visitor comes by in the tests of features, each with the snippet.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const DASHBOARD_PACKAGES = fileURLToPath(new URL("../../ui_static/node_modules", import.meta.url));

/** Why the single-page app cannot be built; false when it can. */
export const noRouter =
  !existsSync(`${DASHBOARD_PACKAGES}/react-router`) &&
  "React Router comes with the dashboard's packages: npm ci in ui_static";

const APP = `
  import { createElement as h, useEffect } from "react";
  import { createRoot } from "react-dom/client";
  import { createBrowserRouter, createHashRouter, Link, Outlet, useNavigate } from "react-router";
  import { RouterProvider } from "react-router/dom";
  const Page = ({ name }) => { useEffect(() => { document.title = name }, [name]); return h("h1", null, name) };
  const Frame = () => {
    const navigate = useNavigate();
    return h("div", null, h(Link, { to: "/cart", id: "cart" }, "Cart"),
      h("button", { id: "sort", onClick: () => navigate("/cart?sort=price", { replace: true }) }, "Sort"), h(Outlet));
  };
  const routes = [{ path: "/", element: h(Frame), children: [
    { index: true, element: h(Page, { name: "Home" }) }, { path: "cart", element: h(Page, { name: "Your cart" }) } ] }];
  const router = window.HASHED ? createHashRouter(routes) : createBrowserRouter(routes, { basename: "/app" });
  createRoot(document.getElementById("root")).render(h(RouterProvider, { router }));`;

/** The single-page app as one script. */
function bundle() {
  const result = buildSync({
    stdin: { contents: APP, loader: "js", resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    nodePaths: [DASHBOARD_PACKAGES],
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return result.outputFiles[0]?.text ?? "";
}

const blocked = (/** @type {string} */ what) =>
  `<script>Object.defineProperty(${what}, { get() { throw new DOMException("Blocked.", "SecurityError") } })</script>`;

/**
 * @param {Awaited<ReturnType<typeof import("./servers.mjs").startCollector>>} collector
 * @returns {Record<string, import("./servers.mjs").Page>}
 */
export function pages(collector) {
  const tag = collector.tag();
  const app = noRouter ? "" : bundle();
  const spa = (/** @type {string} */ before) =>
    `<html><head><meta charset="utf-8"><title>Home</title>${before}${tag}</head><body><div id="root"></div><script src="/app.js"></script></body></html>`;
  const csp = `default-src 'none'; script-src ${collector.origin} 'nonce-1'; connect-src ${collector.origin}`;
  return {
    "/bare": "<title>Bare</title>",
    "/bare.pdf": "<title>No snippet</title>",
    "/busy": `<title>Busy</title>${tag}<body style="margin:0;height:3000px"><h1>Busy</h1>
      <button id="buy" class="big red"> Add to cart </button>
      <p data-private><b id="name">Alice Smith</b></p>
      <div id="box"><span contenteditable>secret</span></div>
      <input id="field" value="4111 1111 1111 1111"><textarea id="note">my note</textarea>
      <a id="out" href="https://other.example/there?token=1#x" onclick="event.preventDefault()">Out</a>
      <a id="file" href="/files/list.PDF?key=1" onclick="event.preventDefault()">File</a>
      <form id="newsletter" onsubmit="event.preventDefault()"><button id="send">Send</button></form>
      <button id="fail" onclick="nothing.there()">Fail</button>
      <button id="reject" onclick="Promise.reject(new Error('no stock'))">Reject</button>`,
    "/quiet": `<title>Quiet</title>${collector.tag("", 'data-off="click error scroll outbound_link"')}
      <button id="buy">Buy</button><button id="fail" onclick="nothing.there()">Fail</button>
      <a id="out" href="https://other.example/" onclick="event.preventDefault()">Out</a>`,
    "/app": spa(""),
    "/app/cart": spa(""),
    "/hashed": spa("<script>HASHED = true</script>"),
    "/app.js": { body: app, headers: { "Content-Type": "text/javascript" } },
    "/frame": `<title>Frame</title><iframe src="/framed"></iframe><iframe sandbox="allow-scripts" src="/sandboxed"></iframe>`,
    "/framed": `<title>Framed</title>${tag}`,
    "/sandboxed": `<title>Sandboxed</title>${tag}`,
    "/strict": {
      body: `<title>Strict</title>${tag}<h1>Strict</h1>`,
      headers: { "Content-Security-Policy": csp },
    },
    "/nonce": {
      body: `<title>Nonce</title>${tag.replace("<script", '<script nonce="1"')}`,
      headers: {
        "Content-Security-Policy": `script-src 'nonce-1' 'strict-dynamic'; connect-src ${collector.origin}`,
      },
    },
    "/slow": `<title>Slow</title>${tag}<img src="/slow.png" alt=""><h1>Slow</h1>`,
    "/slow.png": { body: "", headers: { "Content-Type": "image/png" }, wait: 2500 },
    "/blocked": `<title>Blocked</title>${blocked('window, "localStorage"')}${tag}`,
    "/no-storage": `<title>No storage</title>${blocked('window, "localStorage"')}${blocked('document, "cookie"')}${tag}`,
    "/refused": `<title>Refused</title><script>navigator.sendBeacon = () => false</script>${tag}`,
    "/throwing": `<title>Throwing</title><script>throw new Error("the shop's own")</script>${tag}<script>missing()</script>`,
    "/cookieless": `<title>Cookieless</title>${collector.tag("", 'data-mode="cookieless"')}`,
    "/asks": `<title>Asks</title>${collector.tag("", 'data-consent="required"')}`,
    "/banner": `<html lang="de"><title>Banner</title>${collector.tag("", 'data-consent="required"')}
      <script src="${collector.origin}/consent.js" data-text="Dürfen wir zählen?" data-accept="Ja" data-decline="Nein"
      data-href="/privacy" data-more="Mehr" defer></script><button id="again" data-analytiq-consent>Privacy</button>`,
    "/control": `<title>Control</title><script>Object.defineProperty(navigator, "globalPrivacyControl", { value: true })</script>${tag}`,
  };
}
