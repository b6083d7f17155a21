// Builds dist/: the snippet as it is served, plain and precompressed, and manifest.json about it.
// The same source gives the same bytes, so that its hash can stand in a URL cached for ever.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { transformSync } from "esbuild";
import { minify } from "terser";

const NAME = "analytics.js";
const MOST_BROTLI_BYTES = 1024;
const DIST = new URL("dist/", import.meta.url);

/**
 * Strips the types with esbuild, then shrinks with terser. Tuned for the size after brotli, which
 * packs one keyword better than two, and the same statement twice better than two cleverly joined.
 *
 * @returns {Promise<Buffer>}
 */
async function compile() {
  const source = readFileSync(new URL("src/analytics.ts", import.meta.url), "utf8");
  const { code } = transformSync(source, { loader: "ts", target: "es2020" });
  const result = await minify(code.replace(/\bconst /g, "let "), {
    ecma: 2020,
    compress: { passes: 5, sequences: false },
  });
  return Buffer.from(result.code ?? "");
}

/** @param {Buffer} plain */
function gzip(plain) {
  const packed = gzipSync(plain, { level: 9 });
  packed[9] = 255; // the header's "operating system": unknown, so that it is the same on all of them
  return packed;
}

/** @param {Buffer} plain */
function brotli(plain) {
  return brotliCompressSync(plain, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    },
  });
}

/** @param {string} algorithm @param {Buffer} plain @param {"hex" | "base64"} encoding */
function digest(algorithm, plain, encoding) {
  return createHash(algorithm).update(plain).digest(encoding);
}

const plain = await compile();
const zipped = gzip(plain);
const packed = brotli(plain);
console.log(`${NAME}: ${plain.length} bytes, gzip ${zipped.length}, brotli ${packed.length}`);

if (packed.length > MOST_BROTLI_BYTES) {
  console.error(
    `${NAME} is ${packed.length - MOST_BROTLI_BYTES} bytes over its limit of ${MOST_BROTLI_BYTES} bytes of brotli. ` +
      "Nothing was written; dist/ is as it was. Shorten src/analytics.ts and build again.",
  );
  process.exit(1);
}

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
writeFileSync(new URL(NAME, DIST), plain);
writeFileSync(new URL(`${NAME}.gz`, DIST), zipped);
writeFileSync(new URL(`${NAME}.br`, DIST), packed);
const entry = {
  hash: digest("sha256", plain, "hex").slice(0, 16),
  integrity: `sha384-${digest("sha384", plain, "base64")}`,
  bytes: plain.length,
  gzip: zipped.length,
  brotli: packed.length,
};
writeFileSync(new URL("manifest.json", DIST), `${JSON.stringify({ [NAME]: entry }, null, 2)}\n`);
