// One visitor's browser, a shop and a collector for the tests of a file.
import { after, afterEach, before, beforeEach } from "node:test";
import { launch } from "./browser.mjs";
import { startCollector, startShop } from "./servers.mjs";

/** @typedef {Awaited<ReturnType<typeof startCollector>>} Collector */

/**
 * @typedef {object} Visits
 * @property {Collector} collector
 * @property {Awaited<ReturnType<typeof startShop>>} shop
 * @property {import("playwright-core").BrowserContext} context the visitor's browser, new for each test
 * @property {(path?: string, origin?: string) => Promise<import("playwright-core").Page>} open
 *   opens a page of the shop in a new tab
 */

/**
 * Prepares a file's tests; what it returns is filled when they run.
 *
 * @param {(tag: string, collector: Collector) => Record<string, string>} [pages] the shop's pages by path
 * @returns {Visits}
 */
export function prepare(pages = () => ({})) {
  const visits = /** @type {Visits} */ ({
    async open(path = "/", origin = visits.shop.origin) {
      const page = await visits.context.newPage();
      await page.goto(origin + path);
      return page;
    },
  });
  /** @type {import("playwright-core").Browser} */
  let browser;

  before(async () => {
    visits.collector = await startCollector();
    const tag = visits.collector.tag();
    visits.shop = await startShop(tag, pages(tag, visits.collector));
    browser = await launch();
  });
  beforeEach(async () => {
    visits.context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
  });
  afterEach(async () => {
    await visits.context.close();
    visits.collector.clear();
  });
  after(async () => {
    await browser.close();
    visits.shop.close();
    visits.collector.close();
  });
  return visits;
}
