// `idp-group-sync` on workerd, which compiles WebAssembly before a worker starts, and never from bytes.
import { start } from "./engine.js";
import module from "./idp_group_sync_bg.wasm";

start(module);

export * from "./api.js";
