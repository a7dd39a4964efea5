// wasm-pack, and the wasm-bindgen tools at the very version that Cargo.lock has: they must match the library.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { output, Stop, say, succeeds } from "./command.mjs";
import { root, toolsFolder } from "./place.mjs";

const wasmPackVersion = "0.15.1";

export function requireWasmTools() {
  requireTool("wasm-pack", ["wasm-pack"], wasmPackVersion);
  requireTool("wasm-bindgen-cli", ["wasm-bindgen", "wasm-bindgen-test-runner"], lockedVersion("wasm-bindgen"));
}

/** A right version anywhere on the path will do; another one is left alone, and ours goes into the repository. */
function requireTool(crate, programs, version) {
  const isRight = (program) => output(program, ["--version"])?.trim().split(/\s+/).at(-1) === version;
  if (programs.every(isRight)) return;
  say(`${crate} ${version} is not there; building it with \`cargo install\` into .tools/ (some minutes, once)`);
  const install = ["install", crate, "--version", `=${version}`, "--root", toolsFolder, "--force"];
  // A crate's own lock file may name a release that was withdrawn since; then cargo has to choose.
  const installed = succeeds("cargo", [...install, "--locked"]) || succeeds("cargo", install);
  if (!installed || !programs.every(isRight)) {
    throw new Stop(`cargo could not install ${crate} ${version}; its message above says why`);
  }
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
