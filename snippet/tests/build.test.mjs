import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

const DIST = new URL("../dist/", import.meta.url);
const SCRIPTS = ["analytics.js", "analytics.detail.js", "analytics.whole.js", "consent.js"];

/** @param {string} name */
const built = (name) => readFileSync(new URL(name, DIST));

test("the packed files hold the plain ones", () => {
  for (const name of SCRIPTS) {
    assert.deepEqual(brotliDecompressSync(built(`${name}.br`)), built(name));
    assert.deepEqual(gunzipSync(built(`${name}.gz`)), built(name));
  }
});

test("the script and its detail have at most 1 024 bytes of brotli each, and 1 200 of gzip", () => {
  for (const name of ["analytics.js", "analytics.detail.js"]) {
    assert.ok(built(`${name}.br`).length <= 1024);
    assert.ok(built(`${name}.gz`).length <= 1200);
  }
});

test("the manifest tells each script's hash, integrity and sizes", () => {
  const manifest = JSON.parse(built("manifest.json").toString());
  assert.deepEqual(Object.keys(manifest), SCRIPTS);
  for (const name of SCRIPTS) {
    const plain = built(name);
    assert.deepEqual(manifest[name], {
      hash: createHash("sha256").update(plain).digest("hex").slice(0, 16),
      integrity: `sha384-${createHash("sha384").update(plain).digest("base64")}`,
      bytes: plain.length,
      gzip: built(`${name}.gz`).length,
      brotli: built(`${name}.br`).length,
    });
  }
});

test("a second build gives the same bytes", () => {
  const files = readdirSync(DIST);
  const first = files.map(built);
  execFileSync(process.execPath, ["build.mjs"], { cwd: new URL("..", import.meta.url) });
  assert.deepEqual(files.map(built), first);
});
