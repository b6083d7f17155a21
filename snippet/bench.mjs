// What the snippet costs a page: Largest Contentful Paint and total blocking time with it and without, in
// turns. `npm run bench`, with a number of runs and by how many times the processor is slowed down if wanted.
import { setTimeout as pause } from "node:timers/promises";
import { launch } from "./tests/browser.mjs";
import { startCollector, startShop } from "./tests/servers.mjs";

const RUNS = Number(process.argv[2] ?? 20);
const SLOWER = Number(process.argv[3] ?? 4);

const collector = await startCollector();
const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400"><rect width="800" height="400" fill="teal"/></svg>`;
const content = `<h1>Shoes</h1><img src="/picture.svg" width="800" height="400" alt="">${"<p>Some text about shoes, as shops have it.</p>".repeat(300)}
  <script>for (let i = 0, until = performance.now() + 60; performance.now() < until; i++) document.body.dataset.i = i;</script>`;
const watch = `<script>
  blocked = 0;
  new PerformanceObserver((list) => list.getEntries().map((task) => { blocked += Math.max(0, task.duration - 50) })).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => list.getEntries().map((paint) => { lcp = paint.startTime })).observe({ type: "largest-contentful-paint", buffered: true });
</script>`;
const shop = await startShop("", {
  "/without": `<title>Shoes</title>${watch}${content}`,
  "/with": `<title>Shoes</title>${watch}${collector.tag()}${content}`,
  "/picture.svg": { body: picture, headers: { "Content-Type": "image/svg+xml" } },
});
const browser = await launch();

/** @param {string} path @returns {Promise<{ lcp: number, tbt: number }>} both in milliseconds */
async function visit(path) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.goto(shop.origin + path, { waitUntil: "load" });
  await pause(1500);
  const measured = await page.evaluate("({ lcp, tbt: blocked })");
  await context.close();
  return measured;
}

/** @param {number[]} values @param {number} part */
const quantile = (values, part) => values.sort((a, b) => a - b)[Math.round(part * (values.length - 1))] ?? 0;

/** @type {Record<string, { lcp: number[], tbt: number[] }>} */
const runs = { "/without": { lcp: [], tbt: [] }, "/with": { lcp: [], tbt: [] } };
await visit("/with"); // The browser's first page is slower than all others.
for (let run = 0; run < RUNS; run++)
  // In turns, each first as often as the other: the machine may get slower or quicker meanwhile.
  for (const path of run % 2 ? ["/without", "/with"] : ["/with", "/without"]) {
    const { lcp, tbt } = await visit(path);
    runs[path]?.lcp.push(lcp);
    runs[path]?.tbt.push(tbt);
  }

for (const metric of /** @type {const} */ (["lcp", "tbt"])) {
  const [without, having] = [runs["/without"]?.[metric] ?? [], runs["/with"]?.[metric] ?? []];
  const noise = quantile(without, 0.75) - quantile(without, 0.25);
  const change = quantile(having, 0.5) - quantile(without, 0.5);
  console.log(
    `${metric.toUpperCase()}: median ${quantile(without, 0.5).toFixed(1)} ms without, ${quantile(having, 0.5).toFixed(1)} ms with; ` +
      `a change of ${change.toFixed(1)} ms, where runs without it differ by ${noise.toFixed(1)} ms (interquartile range of ${RUNS})`,
  );
}
await browser.close();
shop.close();
collector.close();
