import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const TEXT = /\.(?:js|css|svg)$/;

/** Puts a file that is compressed in either way beside each text of the build, for the program to send. */
export function compressed(): Plugin {
  return {
    name: "analytiq-compressed",
    apply: "build",
    generateBundle: {
      // After everybody else: what is compressed has to be what is written.
      order: "post",
      handler(_options, bundle) {
        for (const output of Object.values(bundle)) {
          if (!TEXT.test(output.fileName)) continue;
          const text = output.type === "chunk" ? output.code : output.source;
          const [gz, br] = [gzipSync(text, { level: 9 }), brotliCompressSync(text)];
          this.emitFile({ type: "asset", fileName: `${output.fileName}.gz`, source: gz });
          this.emitFile({ type: "asset", fileName: `${output.fileName}.br`, source: br });
        }
      },
    },
  };
}
