/**
 * The WebAssembly module, as a file for `init` of `idp-group-sync/slim`.
 *
 * @packageDocumentation
 * @category The engine
 */

import type { CompiledModule } from "./platform.js";

/**
 * The WebAssembly module of `idp-group-sync`, for `init` and `initSync` of `idp-group-sync/slim`.
 *
 * This is what importing it gives on workerd. Bundlers ask for its URL in ways of their own, for example
 * `idp-group-sync/wasm?url` in Vite, and Node finds the file with `import.meta.resolve("idp-group-sync/wasm")`.
 */
declare const module: CompiledModule;
export default module;
