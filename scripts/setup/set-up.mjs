// What can be set up, and in which order.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { requireChromium } from "./chromium.mjs";
import { Stop } from "./command.mjs";
import { installPackages } from "./packages.mjs";
import { root } from "./place.mjs";
import { requirePostgresql } from "./postgresql.mjs";
import { requireRust, requireRustLinters, requireWasmTarget } from "./rust.mjs";
import { requireWasmTools } from "./wasm-tools.mjs";

/** In the order in which they build on each other. */
const steps = {
  packages: () => installPackages(),
  rust: () => requireRust(),
  linters: () => requireRustLinters(),
  "wasm-target": () => requireWasmTarget(),
  "wasm-tools": () => requireWasmTools(),
  chromium: () => requireChromium(),
  postgresql: () => requirePostgresql(),
};

/** Everything that can be asked for. */
export const allNeeds = Object.keys(steps);

/** What `npm run build` and `npm start` need: everything but a browser. */
export const buildNeeds = ["packages", "rust", "wasm-target", "wasm-tools"];

/** Makes sure that all of this is there, or stops with one sentence. */
export function setUp(needs) {
  requireNode();
  for (const [need, step] of Object.entries(steps)) {
    if (needs.includes(need)) step();
  }
}

function requireNode() {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const parts = (version) =>
    version
      .match(/(\d+)\.(\d+)/)
      .slice(1)
      .map(Number);
  const [[major, minor], [needMajor, needMinor]] = [parts(process.versions.node), parts(engines.node)];
  if (major < needMajor || (major === needMajor && minor < needMinor)) {
    throw new Stop(`Node ${process.versions.node} is too old: this repository needs Node ${engines.node}`);
  }
}
