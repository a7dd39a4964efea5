// wasm-pack, and the wasm-bindgen tools at the very version that Cargo.lock has: they must match the library.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { requireTool } from "./cargo-tool.mjs";
import { Stop } from "./command.mjs";
import { root } from "./place.mjs";

// renovate: wasm-pack
const wasmPackVersion = "0.15.1";

export function requireWasmTools() {
  requireTool("wasm-pack", ["wasm-pack"], wasmPackVersion);
  requireTool("wasm-bindgen-cli", ["wasm-bindgen", "wasm-bindgen-test-runner"], lockedVersion("wasm-bindgen"));
}

function lockedVersion(crate) {
  const lock = readText("Cargo.lock");
  const version = lock.match(new RegExp(`^name = "${crate}"\\nversion = "([^"]+)"`, "m"))?.[1];
  if (!version) throw new Stop(`Cargo.lock names no version of ${crate}: restore it from the repository`);
  return version;
}

function readText(file) {
  try {
    return readFileSync(join(root, file), "utf8").replaceAll("\r\n", "\n");
  } catch {
    throw new Stop(`${file} cannot be read: restore it from the repository`);
  }
}
