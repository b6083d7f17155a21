// Firefox and WebKit by the commands of WebDriver, which Firefox takes over Marionette, its own protocol, and
// WebKitGTK's WebKitWebDriver over HTTP. A browser is found on this machine, never downloaded.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const FORGET = "try { localStorage.clear() } finally { document.cookie = 'analytiq=;path=/;max-age=0' }";
const STARTED_WITHIN_MS = 60_000;

/** @typedef {(name: string, params?: Record<string, any>) => Promise<any>} Send one command by its WebDriver name */

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/**
 * Tries until it works, for as long as a browser may take to start.
 *
 * @template T
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
async function started(action) {
  for (const end = Date.now() + STARTED_WITHIN_MS; ; await pause(100))
    try {
      return await action();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
}

/** @param {number} port @returns {Promise<import("node:net").Socket>} */
function connected(port) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket)).once("error", reject);
  });
}

/**
 * Speaks Marionette: every message is its length in bytes, a colon, and JSON.
 *
 * @param {import("node:net").Socket} socket
 * @returns {Send}
 */
function marionette(socket) {
  let received = Buffer.alloc(0);
  let count = 0;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  socket.on("data", (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (;;) {
      const colon = received.indexOf(":");
      const length = Number(received.subarray(0, Math.max(colon, 0)).toString());
      if (colon < 0 || received.length < colon + 1 + length) return;
      const message = JSON.parse(received.subarray(colon + 1, colon + 1 + length).toString());
      received = received.subarray(colon + 1 + length);
      if (!Array.isArray(message)) continue; // the greeting
      const [, id, error, result] = message;
      const asked = waiting.get(id);
      if (error) asked?.reject(new Error(`${error.error}: ${error.message}`));
      else asked?.resolve(result && "value" in result ? result.value : result);
    }
  });
  return (name, params = {}) =>
    new Promise((resolve, reject) => {
      const id = ++count;
      waiting.set(id, { resolve, reject });
      const body = JSON.stringify([0, id, `WebDriver:${name}`, params]);
      socket.write(`${Buffer.byteLength(body)}:${body}`);
    });
}

/** How WebDriver's commands stand in HTTP: method and path, below the session's own. */
const ENDPOINTS = /** @type {Record<string, [string, string]>} */ ({
  Navigate: ["POST", "/url"],
  Back: ["POST", "/back"],
  ExecuteScript: ["POST", "/execute/sync"],
  FindElement: ["POST", "/element"],
  GetWindowHandle: ["GET", "/window"],
  NewWindow: ["POST", "/window/new"],
  SwitchToWindow: ["POST", "/window"],
  CloseWindow: ["DELETE", "/window"],
  DeleteSession: ["DELETE", ""],
});

/** @param {string} base @param {string} method @param {string} path @param {any} [body] */
async function ask(base, method, path, body) {
  const answer = await fetch(base + path, {
    method,
    ...(method === "POST" && { body: JSON.stringify(body ?? {}) }),
  });
  const { value } = /** @type {any} */ (await answer.json());
  if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
  return value;
}

/** @param {string} base the session's address @returns {Send} */
const overHttp =
  (base) =>
  (name, params = {}) => {
    if (name === "ElementClick") return ask(base, "POST", `/element/${params.id}/click`);
    const [method, path] = ENDPOINTS[name] ?? ["POST", `/${name}`];
    return ask(base, method, path, params);
  };

/**
 * A browser of one visitor.
 *
 * @param {Send} send
 * @param {() => Promise<void>} close
 * @returns {import("./browsers.mjs").Visitor}
 */
function visitor(send, close) {
  let current = "";
  /** @type {string[]} */
  let opened = [];
  const switchTo = async (/** @type {string} */ handle) => {
    if (current !== handle) await send("SwitchToWindow", { handle });
    current = handle;
  };
  return {
    async open(url) {
      // The first tab is the one that the browser came with: WebKit's test browser hides the others.
      if (!opened.length) current = await send("GetWindowHandle");
      const handle = opened.length ? (await send("NewWindow", { type: "tab" })).handle : current;
      opened.push(handle);
      const tab = {
        go: async (/** @type {string} */ to) => {
          await switchTo(handle);
          await send("Navigate", { url: to });
        },
        run: async (/** @type {string} */ script) => {
          await switchTo(handle);
          return send("ExecuteScript", { script: `return (${script})`, args: [] });
        },
        click: async (/** @type {string} */ selector) => {
          await switchTo(handle);
          const element = await send("FindElement", { using: "css selector", value: selector });
          await send("ElementClick", { id: element[ELEMENT] });
        },
        back: async () => {
          await switchTo(handle);
          await send("Back");
        },
      };
      await tab.go(url);
      return tab;
    },
    async forget() {
      for (const handle of opened.reverse()) {
        await switchTo(handle);
        // On a page without the snippet: leaving one with it is told, and remembered.
        const origin = await send("ExecuteScript", { script: "return location.origin", args: [] });
        await send("Navigate", { url: `${origin}/bare` });
        await send("ExecuteScript", { script: FORGET, args: [] });
        if (handle !== opened.at(-1)) await send("CloseWindow");
      }
      opened = [];
    },
    close,
  };
}

/** @param {import("node:child_process").ChildProcess} child */
async function end(child) {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill();
  await Promise.race([ended, pause(5000).then(() => child.kill("SIGKILL"))]);
}

/** @param {string} binary */
export async function launchFirefox(binary) {
  const profile = mkdtempSync(join(tmpdir(), "firefox-"));
  const port = await freePort();
  const prefs = {
    "marionette.port": port,
    "app.update.enabled": false,
    "dom.disable_open_during_load": false,
  };
  const lines = Object.entries(prefs).map(
    ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, "user.js"), lines.join("\n"));
  const args = ["--headless", "--marionette", "--no-remote", "--profile", profile];
  const child = spawn(binary, args, { stdio: "ignore" });
  const socket = await started(() => connected(port));
  const send = marionette(socket);
  await send("NewSession", { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } });
  return visitor(send, async () => {
    socket.destroy();
    await end(child);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
}

/** @param {string} driver @param {string} browser @param {string} xvfb */
export async function launchWebKit(driver, browser, xvfb) {
  const screen = spawn(xvfb, ["-displayfd", "3", "-nolisten", "tcp", "-screen", "0", "1024x768x24"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const display = await new Promise((resolve) => {
    screen.stdio[3]?.once("data", (/** @type {Buffer} */ number) => resolve(`:${number.toString().trim()}`));
  });
  const port = await freePort();
  const env = { ...process.env, DISPLAY: display, GDK_BACKEND: "x11", LIBGL_ALWAYS_SOFTWARE: "1" };
  const child = spawn(driver, [`--port=${port}`, "--host=127.0.0.1"], { stdio: "ignore", env });
  const base = `http://127.0.0.1:${port}`;
  await started(() => ask(base, "GET", "/status"));
  const options = { binary: browser, args: ["--automation"] };
  const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": options } };
  const { sessionId } = await ask(base, "POST", "/session", { capabilities });
  const send = overHttp(`${base}/session/${sessionId}`);
  return visitor(send, async () => {
    await send("DeleteSession").catch(() => {});
    await end(child);
    await end(screen);
  });
}
