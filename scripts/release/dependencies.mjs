// What is depended on: licences, places, signatures, and known faults.
//
// `node scripts/release/dependencies.mjs [--strict]` runs these checks alone.

import { fileURLToPath } from "node:url";
import { requireTool } from "../setup/cargo-tool.mjs";
import { main } from "../setup/command.mjs";
import { setUp } from "../setup/set-up.mjs";
import { unlessUnreachable } from "./network.mjs";
import { check, exitCode, run, table } from "./outcomes.mjs";

// renovate: cargo-deny
const cargoDeny = "0.20.2";

export async function checkDependencies(outcomes) {
  await check(outcomes, "cargo deny", () => denyCrates());
  await check(outcomes, "cargo deny: advisories", () => denyAdvisories());
  await check(outcomes, "npm audit signatures", () => auditSignatures());
  await check(outcomes, "npm audit", () => auditAdvisories());
}

/** Licences, versions and places of the crates. */
function denyCrates() {
  requireTool("cargo-deny", ["cargo-deny"], cargoDeny);
  run("cargo", ["deny", "--workspace", "--log-level", "error", "check", "licenses", "bans", "sources"]);
  return "licences, bans and sources";
}

function denyAdvisories() {
  requireTool("cargo-deny", ["cargo-deny"], cargoDeny);
  return unlessUnreachable("the advisories for Rust", () => {
    run("cargo", ["deny", "--workspace", "--log-level", "error", "check", "advisories"]);
    return "no advisory concerns a crate";
  });
}

function auditSignatures() {
  return unlessUnreachable("the signatures of npm", () =>
    run("npm", ["audit", "signatures", "--fetch-retries=0"]).trim().split("\n").at(-1),
  );
}

function auditAdvisories() {
  return unlessUnreachable("the advisories of npm", () => {
    run("npm", ["audit", "--audit-level=high", "--fetch-retries=0"]);
    return "no advisory of level high or above";
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => {
    setUp(["packages", "rust"]);
    const outcomes = [];
    await checkDependencies(outcomes);
    console.log(`\n${table(outcomes)}`);
    return exitCode(outcomes);
  });
}
