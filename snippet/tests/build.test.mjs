import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

const FILES = ["analytics.js", "analytics.js.br", "analytics.js.gz", "manifest.json"];

/** @param {string} name */
const built = (name) => readFileSync(new URL(`../dist/${name}`, import.meta.url));

test("the packed files hold the plain one, within 1 024 bytes of brotli", () => {
  assert.deepEqual(brotliDecompressSync(built("analytics.js.br")), built("analytics.js"));
  assert.deepEqual(gunzipSync(built("analytics.js.gz")), built("analytics.js"));
  assert.ok(built("analytics.js.br").length <= 1024);
});

test("the manifest tells the script's hash, integrity and sizes", () => {
  const plain = built("analytics.js");
  assert.deepEqual(JSON.parse(built("manifest.json").toString()), {
    "analytics.js": {
      hash: createHash("sha256").update(plain).digest("hex").slice(0, 16),
      integrity: `sha384-${createHash("sha384").update(plain).digest("base64")}`,
      bytes: plain.length,
      gzip: built("analytics.js.gz").length,
      brotli: built("analytics.js.br").length,
    },
  });
});

test("a second build gives the same bytes", () => {
  const first = FILES.map(built);
  execFileSync(process.execPath, ["build.mjs"], { cwd: new URL("..", import.meta.url) });
  assert.deepEqual(FILES.map(built), first);
});
