// The crate of `wasm/` as WebAssembly with its glue, by wasm-pack.

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { output, Stop, succeeds } from "../setup/command.mjs";
import { root } from "../setup/place.mjs";
import { workFolder } from "./stamp.mjs";

export const engineFolder = join(workFolder, "engine");

const schemasFile = join(engineFolder, "schemas.json");

/** The name of every file of the engine begins with this. */
export const engineName = "idp_group_sync";

const tools = [
  ["rustc", "--version"],
  ["wasm-pack", "--version"],
  ["wasm-bindgen", "--version"],
  ["wasm-opt", "--version"],
];

/** Which of cargo's profiles: as it is published, or as quick to build as can be. */
const profiles = { published: ["--profile", "wasm"], dev: ["--dev"] };

/** The engine as a step of the build, in one of its profiles. */
export function engineStep(profile = "published") {
  return { inputs: engineInputs(profile), output: engineFolder, build: () => buildEngine(profile) };
}

function engineInputs(profile) {
  return {
    files: ["src", "wasm", "Cargo.toml", "Cargo.lock", "scripts/build/engine.mjs"].map((path) => join(root, path)),
    values: [profile, ...tools.map(([program, ...args]) => versionOf(program, args))],
  };
}

function versionOf(program, args) {
  const version = output(program, args);
  if (version === null)
    throw new Stop(`the build needs \`${program}\`, which is not there: run \`npm run setup\` first`);
  return version;
}

function buildEngine(profile) {
  rmSync(engineFolder, { recursive: true, force: true });
  // wasm-pack runs the wasm-opt that it finds on the path: npm's.
  const options = [...profiles[profile], "--target", "web", "--mode", "no-install", "--no-pack", "--no-gitignore"];
  const output = ["--out-dir", engineFolder, "--out-name", engineName];
  const environment = profile === "published" ? { CARGO_ENCODED_RUSTFLAGS: rustFlags() } : {};
  if (!succeeds("wasm-pack", ["build", join(root, "wasm"), ...options, ...output, "--", "--locked"], environment)) {
    throw new Stop("`wasm-pack build` could not build the engine; its message above says why");
  }
  writeSchemas();
}

/** What goes in and out of the engine, as its types say. */
function writeSchemas() {
  const run = ["run", "--quiet", "--locked", "--features", "schema", "--example", "schema", "--", schemasFile];
  if (!succeeds("cargo", run)) throw new Stop("the JSON Schemas could not be made; the message above says why");
}

/** The JSON Schemas of all that is read and written. */
export function readSchemas() {
  return JSON.parse(readFileSync(schemasFile, "utf8"));
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
