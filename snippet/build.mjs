// Builds dist/: the scripts as they are served, plain and precompressed, and manifest.json about them.
// The same source gives the same bytes, so that a hash can stand in a URL cached for ever.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { transformSync } from "esbuild";
import { minify } from "terser";

const DIST = new URL("dist/", import.meta.url);

/**
 * Each file's sources, and how many bytes it may have. analytics.js loads the detail; the whole is both in
 * one, for pages that name the one version they trust.
 */
const FILES = {
  "analytics.js": { sources: ["analytics"], whole: false, brotli: 1024, gzip: 1200 },
  "analytics.detail.js": { sources: ["detail"], whole: false, brotli: 1024, gzip: 1200 },
  "analytics.whole.js": { sources: ["analytics", "detail"], whole: true, brotli: 2048, gzip: 2400 },
  "consent.js": { sources: ["consent"], whole: false, brotli: 1280, gzip: 1536 },
};

/** Names that the shrunk script may leave unused: which ones it has makes some bytes' difference. */
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];

/**
 * Strips the types with esbuild, then shrinks with terser. Tuned for the size after brotli, which packs one
 * keyword better than two, and the same statement twice better than two cleverly joined; of several ways to
 * say the same the one is taken that packs best.
 *
 * @param {string} source
 * @param {boolean} whole
 * @returns {Promise<Buffer>}
 */
async function compile(source, whole) {
  const { code } = transformSync(source, {
    loader: "ts",
    target: "es2020",
    define: { WHOLE: String(whole) },
  });
  const ways = [];
  for (const conditionals of [true, false]) {
    const compress = { passes: 5, sequences: false, conditionals };
    const short = await minify(code.replace(/\bconst /g, "let "), { ecma: 2020, compress, mangle: false });
    for (const letter of LETTERS) {
      const mangle = { reserved: [letter] };
      const result = await minify(short.code ?? "", { ecma: 2020, compress: false, mangle });
      ways.push(Buffer.from(result.code ?? ""));
    }
  }
  return ways.reduce((best, way) => (brotli(way).length < brotli(best).length ? way : best));
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

/** @param {string} name */
const read = (name) => readFileSync(new URL(`src/${name}.ts`, import.meta.url), "utf8");

const built = [];
let tooLarge = false;
for (const [name, { sources, whole, brotli: most, gzip: mostZipped }] of Object.entries(FILES)) {
  const plain = await compile(sources.map(read).join("\n"), whole);
  const file = { name, plain, zipped: gzip(plain), packed: brotli(plain) };
  built.push(file);
  console.log(
    `${name}: ${plain.length} bytes, gzip ${file.zipped.length} of ${mostZipped}, brotli ${file.packed.length} of ${most}`,
  );
  tooLarge ||= file.packed.length > most || file.zipped.length > mostZipped;
}
if (tooLarge) {
  console.error(
    "A file is over its limit. Nothing was written; dist/ is as it was. Shorten its source and build again.",
  );
  process.exit(1);
}

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
/** @type {Record<string, object>} */
const manifest = {};
for (const { name, plain, zipped, packed } of built) {
  writeFileSync(new URL(name, DIST), plain);
  writeFileSync(new URL(`${name}.gz`, DIST), zipped);
  writeFileSync(new URL(`${name}.br`, DIST), packed);
  manifest[name] = {
    hash: digest("sha256", plain, "hex").slice(0, 16),
    integrity: `sha384-${digest("sha384", plain, "base64")}`,
    bytes: plain.length,
    gzip: zipped.length,
    brotli: packed.length,
  };
}
writeFileSync(new URL("manifest.json", DIST), `${JSON.stringify(manifest, null, 2)}\n`);
