// The Rust crate as WebAssembly with its glue: by cargo, wasm-bindgen and wasm-opt.
//
// Not by wasm-pack, which builds the crate as a Rust library too; and for the two together, cargo leaves link-time optimisation out.

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { output, Stop, succeeds } from "../setup/command.mjs";
import { root } from "../setup/place.mjs";
import { workFolder } from "./stamp.mjs";

export const engineFolder = join(workFolder, "engine");

/** The name of every file of the engine begins with this. */
export const engineName = "idp_group_sync";

const target = "wasm32-unknown-unknown";

const tools = [
  ["rustc", "--version"],
  ["wasm-bindgen", "--version"],
  ["wasm-opt", "--version"],
];

export function engineInputs() {
  return {
    files: ["src", "Cargo.toml", "Cargo.lock", "scripts/build/engine.mjs"].map((path) => join(root, path)),
    values: tools.map(([program, ...args]) => versionOf(program, args)),
  };
}

function versionOf(program, args) {
  const version = output(program, args);
  if (version === null)
    throw new Stop(`the build needs \`${program}\`, which is not there: run \`npm run setup\` first`);
  return version;
}

/** Functions that are not inlined and stand in the order of their names compress best; only what Node 20 reads is enabled. */
const optimisation = [
  ...["-Oz", "--converge", "--one-caller-inline-max-function-size=4", "--reorder-functions-by-name"],
  ...["--low-memory-unused", "--strip-debug", "--strip-producers"],
  ...["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"].map(
    (feature) => `--enable-${feature}`,
  ),
];

export function buildEngine() {
  rmSync(engineFolder, { recursive: true, force: true });
  const targetFolder = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const compiled = join(targetFolder, target, "release", `${engineName}.wasm`);
  const module = join(engineFolder, `${engineName}_bg.wasm`);
  const cargo = ["rustc", "--release", "--locked", "--lib", "--crate-type", "cdylib", "--target", target];
  run("cargo", cargo, { CARGO_ENCODED_RUSTFLAGS: rustFlags() });
  run("wasm-bindgen", [compiled, "--target", "web", "--out-dir", engineFolder, "--out-name", engineName]);
  run("wasm-opt", [module, ...optimisation, "-o", module]);
}

function run(program, args, environment) {
  if (!succeeds(program, args, environment)) {
    throw new Stop(`\`${program}\` could not build the engine; its message above says why`);
  }
}

/** Panic messages name source files: without the folders of one machine, everyone who builds gets the same bytes. */
function rustFlags() {
  succeeds("cargo", ["fetch", "--locked", "--quiet"]);
  const crates = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry", "src");
  const registries = existsSync(crates) ? readdirSync(crates).map((name) => join(crates, name)) : [];
  return [
    ...(process.env.CARGO_ENCODED_RUSTFLAGS?.split("\x1f") ?? process.env.RUSTFLAGS?.split(" ") ?? []).filter(Boolean),
    ...[root, ...registries].map((folder) => `--remap-path-prefix=${folder}=${folder === root ? "" : "/crates"}`),
  ].join("\x1f");
}

/** One of the engine's files. */
export function readEngineFile(suffix, encoding) {
  return readFileSync(join(engineFolder, `${engineName}${suffix}`), encoding);
}
