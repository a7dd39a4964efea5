// Programs that cargo builds from a crate, at one version.

import { output, Stop, say, succeeds } from "./command.mjs";
import { toolsFolder } from "./place.mjs";

/** A program may be a subcommand of cargo, such as `cargo-deny deny`. A right version anywhere on the path will do; another one is left alone, and ours goes into the repository. */
export function requireTool(crate, programs, version) {
  const isRight = (program) =>
    output(program.split(" ")[0], [...program.split(" ").slice(1), "--version"])
      ?.trim()
      .split(/\s+/)
      .at(-1) === version;
  if (programs.every(isRight)) return;
  say(`${crate} ${version} is not there; building it with \`cargo install\` into .tools/ (some minutes, once)`);
  const install = ["install", crate, "--version", `=${version}`, "--root", toolsFolder, "--force"];
  // A crate's own lock file may name a release that was withdrawn since; then cargo has to choose.
  const installed = succeeds("cargo", [...install, "--locked"]) || succeeds("cargo", install);
  if (!installed || !programs.every(isRight)) {
    throw new Stop(`cargo could not install ${crate} ${version}; its message above says why`);
  }
}
