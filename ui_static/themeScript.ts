import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

const NAME = "theme.js";

/**
 * Puts src/app/theme.boot.js into the page's head as a file of its own.
 *
 * It has to run before the first paint, so it cannot be a module, and it has to be a file, because
 * the dashboard's content security policy allows no inline script.
 */
export function themeScript(): Plugin {
  return {
    name: "analytiq-theme-script",
    apply: "build",
    buildStart() {
      const source = readFileSync(new URL("./src/app/theme.boot.js", import.meta.url), "utf8");
      this.emitFile({ type: "asset", name: NAME, source });
    },
    transformIndexHtml(_html, { bundle = {} }) {
      const file = Object.values(bundle).find(
        (output) => output.type === "asset" && output.names.includes(NAME),
      );
      if (!file) throw new Error(`${NAME} is missing from the build`);
      const attrs = { src: `/${file.fileName}` };
      return [{ tag: "script", attrs, injectTo: "head-prepend" }];
    },
  };
}
