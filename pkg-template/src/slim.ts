/**
 * Exports what {@link idp-group-sync! | the main entry} does, without the WebAssembly module inlined, for pages that fetch it by itself:
 * {@link init} loads it first.
 *
 * @packageDocumentation
 * @category The engine
 */

import { start, started } from "./engine.js";
import { GroupSyncError } from "./error.js";
import type { InitSource, InitSyncSource } from "./platform.js";
import { compile } from "./source.js";

export * from "./api.js";
export type { InitSource, InitSyncSource };

let starting: Promise<void> | undefined;

/**
 * Loads the engine. Until it has, every other function throws `not-initialised`. Calls after the first do nothing, and so do
 * all of them where `idp-group-sync` is imported too.
 *
 * @param source the module `idp-group-sync/wasm`: its URL, a response (compiled while it streams in), its bytes, or
 * compiled; left out, it is loaded from beside this file
 * @throws {GroupSyncError} `invalid-input` with path `source` if the module could not be loaded; `init` may then be called
 * again
 */
export function init(source?: InitSource): Promise<void> {
  if (started()) return Promise.resolve();
  starting ??= Promise.resolve()
    .then(() => compile(source ?? new URL("./idp_group_sync_bg.wasm", import.meta.url)))
    .then(start)
    .catch((cause: unknown) => {
      throw notLoaded(cause);
    })
    .finally(() => {
      starting = undefined;
    });
  return starting;
}

/**
 * Loads the engine before it returns. Compiling takes some milliseconds, in which a page does not answer; there, use
 * {@link init}.
 *
 * @param source the bytes of `idp-group-sync/wasm`, or the compiled module
 * @throws {GroupSyncError} `invalid-input` with path `source` if the module could not be loaded
 */
export function initSync(source: InitSyncSource): void {
  if (started()) return;
  try {
    start(source);
  } catch (cause) {
    throw notLoaded(cause);
  }
}

function notLoaded(cause: unknown): GroupSyncError {
  if (cause instanceof GroupSyncError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new GroupSyncError("invalid-input", `the WebAssembly module could not be loaded: ${reason}`, {
    path: "source",
    cause,
  });
}
