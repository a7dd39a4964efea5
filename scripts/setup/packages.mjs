// The npm packages of the lock file. Set-up runs before they are there, so it uses nothing but Node itself.

import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { npm, Stop, say } from "./command.mjs";
import { root } from "./place.mjs";

export function installPackages() {
  const reason = whatDiffers();
  if (!reason) return;
  say(`npm packages: ${reason}; installing them with \`npm ci\``);
  if (!npm(["ci"])) {
    throw new Stop("`npm ci` could not install the npm packages; its message above says why");
  }
}

/** How node_modules differs from the lock file, or null. npm keeps what it installed in a lock file of its own. */
function whatDiffers() {
  const wanted = readPackages("package-lock.json");
  if (!wanted) throw new Stop("package-lock.json cannot be read: restore it from the repository");
  const installed = readPackages(join("node_modules", ".package-lock.json"));
  if (!installed) return "not installed yet";
  for (const [path, { version, link, optional, devOptional, peer }] of Object.entries(wanted)) {
    if (!path.includes("node_modules/")) continue;
    if (link) {
      if (lstatSync(join(root, path), { throwIfNoEntry: false })) continue;
      return "not all workspaces linked";
    }
    const present = installed[path];
    // What is made for another system, or asked for only if it is there, may be absent.
    if (!present && (optional || devOptional || peer)) continue;
    if (present?.version !== version) return "not those of the lock file";
  }
  return null;
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
  } catch {
    return null;
  }
}
