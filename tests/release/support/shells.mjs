// The shells for which the command line writes completions.

import { existsSync } from "node:fs";
import { findProgram, Stop, say, succeeds } from "../../../scripts/setup/command.mjs";

/** Installs those that are missing, where that can be done. */
export function requireShells() {
  const missing = () => ["zsh", "fish"].filter((shell) => findProgram(shell) === null);
  if (missing().length === 0) return;
  if (existsSync("/etc/debian_version")) install(missing());
  if (missing().length > 0) {
    throw new Stop(`the tests of completions need ${missing().join(" and ")}: install with your system's packages`);
  }
}

function install(shells) {
  say(`${shells.join(" and ")} not there; installing with \`apt-get\``);
  const asRoot = process.getuid?.() === 0 ? [] : ["sudo", "--non-interactive"];
  const run = (...args) => {
    const [program, ...rest] = [...asRoot, "apt-get", ...args];
    return succeeds(program, rest, { DEBIAN_FRONTEND: "noninteractive" });
  };
  run("update", "--quiet");
  run("install", "--yes", "--quiet", "--no-install-recommends", ...shells);
}
