import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed } from "./compressed.ts";
import { helpPages } from "./helpPages.ts";
import { themeScript } from "./themeScript.ts";
import { worldMap } from "./worldMap.ts";

const PROGRAM = "http://127.0.0.1:8585";

export default defineConfig({
  plugins: [react(), tailwindcss(), themeScript(), worldMap(), helpPages(), compressed()],
  resolve: {
    alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) },
  },
  build: {
    // The content security policy allows fonts from this origin only, not as data: addresses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Changes with its versions alone, so that browsers keep it over updates of the program.
            {
              name: "react",
              test: /node_modules\/(?:react|react-dom|scheduler|react-router|@tanstack)\//,
              priority: 1,
            },
            // What most pages need, in one file: by itself each icon would be a file of its own.
            {
              name: "shared",
              test: /\/src\/(?:api|components|lib)\/|node_modules\/(?:lucide-react|@radix-ui)\//,
              minShareCount: 3,
            },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      "/api": PROGRAM,
      "/ws": { target: PROGRAM, ws: true },
    },
  },
  test: {
    environment: "jsdom",
    environmentOptions: { jsdom: { url: "http://analytiq.test/" } },
    alias: {
      "virtual:world-map": fileURLToPath(new URL("./src/testing/worldMap.ts", import.meta.url)),
    },
    setupFiles: ["src/testing/setup.ts"],
    testTimeout: 30_000,
    unstubGlobals: true,
  },
});
