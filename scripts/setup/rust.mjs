// The Rust toolchain: present, new enough, and with the components and the target that a command needs.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findProgram, output, Stop, say, succeeds } from "./command.mjs";
import { root } from "./place.mjs";

export function requireRust() {
  const found = output("cargo", ["--version"])?.match(/cargo (\d+)\.(\d+)/);
  if (!found) {
    throw new Stop("Rust is not installed: install it as https://rustup.rs says, open a new shell, and run this again");
  }
  const needed = readFileSync(join(root, "Cargo.toml"), "utf8").match(/^rust-version = "(\d+)\.(\d+)/m);
  if (!needed) throw new Stop("Cargo.toml names no `rust-version`: restore it from the repository");
  const [have, need] = [found, needed].map(([, major, minor]) => Number(major) * 10_000 + Number(minor));
  if (have < need) {
    const [version, minimum] = [found, needed].map(([, major, minor]) => `${major}.${minor}`);
    throw new Stop(
      `Rust ${version} is too old, at least ${minimum} is needed: run \`rustup update\` and then this again`,
    );
  }
}

/** rustfmt and clippy, which minimal installations of Rust leave out. */
export function requireRustLinters() {
  for (const [component, args] of [
    ["rustfmt", ["fmt", "--version"]],
    ["clippy", ["clippy", "--version"]],
  ]) {
    if (output("cargo", args) !== null) continue;
    addWithRustup(component, ["component", "add", component]);
  }
}

const wasmTarget = "wasm32-unknown-unknown";

/** The standard library for WebAssembly. */
export function requireWasmTarget() {
  // rustc knows the folder even where it did not come from rustup.
  const folder = output("rustc", ["--print", "target-libdir", "--target", wasmTarget])?.trim();
  if (folder && findStandardLibrary(folder)) return;
  addWithRustup(`the target ${wasmTarget}`, ["target", "add", wasmTarget]);
}

function findStandardLibrary(folder) {
  try {
    return readdirSync(folder).some((name) => name.startsWith("libstd-"));
  } catch {
    return false;
  }
}

function addWithRustup(what, args) {
  const command = `rustup ${args.join(" ")}`;
  if (!findProgram("rustup")) {
    throw new Stop(`Rust lacks ${what}, and rustup is not there to add it: add it the way Rust was installed here`);
  }
  say(`Rust lacks ${what}; adding it with \`${command}\``);
  if (!succeeds("rustup", args)) throw new Stop(`\`${command}\` failed; its message above says why`);
}
