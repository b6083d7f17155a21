// The Chromium that the tests drive: one already on this machine, never a download.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = [
  process.env.CHROMIUM ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * Launches Chromium with every name under .test leading to this machine, so that pages can stand on
 * plain http, which browsers trust less than 127.0.0.1.
 */
export async function launch() {
  const executablePath = PLACES.find((place) => existsSync(place));
  if (!executablePath) {
    throw new Error(`No Chromium at ${PLACES.filter(Boolean).join(", ")}. Set CHROMIUM to the path of one.`);
  }
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-background-networking", "--host-resolver-rules=MAP *.test 127.0.0.1"],
  });
}
