// How large what is published is, and may be.

import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** In bytes after Brotli, by the file in the repository's folder. */
export const limits = {
  "pkg/dist/idp_group_sync_bg.wasm": 266 * 1024,
  // The engine is most of the worker, and CodeMirror and Lit most of the rest.
  "www/elements/pkg/dist/standalone.js": 520 * 1024,
  "www/elements/pkg/dist/standalone-engine-worker.js": 360 * 1024,
};

/** How many bytes something has as it is, and compressed as servers do it at their best. */
export function sizes(bytes) {
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params: quality }).length,
  };
}
