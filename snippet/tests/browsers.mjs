// The browsers that a visitor may have, as far as this machine has them, each behind the same few deeds.
import { existsSync, readdirSync } from "node:fs";
import { launch } from "./browser.mjs";
import { launchFirefox, launchWebKit } from "./webdriver.mjs";

/**
 * A page in a tab. `run` evaluates an expression and returns its value; `click` is a visitor's.
 *
 * @typedef {object} Tab
 * @property {(url: string) => Promise<void>} go
 * @property {(script: string) => Promise<any>} run
 * @property {(selector: string) => Promise<void>} click
 * @property {() => Promise<void>} back
 */

/**
 * A visitor's browser. `forget` closes its tabs and makes it a new visitor.
 *
 * @typedef {object} Visitor
 * @property {(url: string) => Promise<Tab>} open
 * @property {() => Promise<void>} forget
 * @property {() => Promise<void>} close
 */

/** @typedef {{ name: string, missing?: string, start: () => Promise<Visitor> }} Browser */

async function startChromium() {
  const browser = await launch();
  let context = await browser.newContext();
  return {
    async open(/** @type {string} */ url) {
      const page = await context.newPage();
      await page.goto(url);
      return {
        go: async (/** @type {string} */ to) => void (await page.goto(to)),
        run: (/** @type {string} */ script) => page.evaluate(script),
        click: (/** @type {string} */ selector) => page.click(selector),
        back: async () => void (await page.goBack()),
      };
    },
    async forget() {
      await context.close();
      context = await browser.newContext();
    },
    close: () => browser.close(),
  };
}

/** @param {(string | undefined)[]} places */
const found = (...places) => places.find((place) => place && existsSync(place)) ?? "";

const firefox = found(process.env.FIREFOX, "/usr/bin/firefox-esr", "/usr/bin/firefox");
const driver = found("/usr/bin/WebKitWebDriver");
const xvfb = found("/usr/bin/Xvfb");
const LIBRARIES = "/usr/lib";
const miniBrowser = found(
  ...(existsSync(LIBRARIES) ? readdirSync(LIBRARIES) : []).flatMap((folder) =>
    ["4.1", "6.0"].map((version) => `${LIBRARIES}/${folder}/webkit2gtk-${version}/MiniBrowser`),
  ),
);

/** @type {Browser[]} */
export const BROWSERS = [
  { name: "Chromium", start: startChromium },
  {
    name: "Firefox",
    ...(!firefox && { missing: "no Firefox on this machine (Debian: firefox-esr; or set FIREFOX)" }),
    start: () => launchFirefox(firefox),
  },
  {
    name: "WebKit",
    ...(!(driver && miniBrowser && xvfb) && {
      missing: "no WebKitWebDriver, MiniBrowser or Xvfb on this machine (Debian: webkit2gtk-driver, xvfb)",
    }),
    start: () => launchWebKit(driver, miniBrowser, xvfb),
  },
];
