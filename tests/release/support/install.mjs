// pre-commit in an environment of its own, in target/pre-commit, and the shells.

import { existsSync, rmSync } from "node:fs";
import { main, Stop, succeeds } from "../../../scripts/setup/command.mjs";
import { environment, python } from "./python.mjs";
import { requireShells } from "./shells.mjs";

const version = "4.7.0";

await main(() => {
  requireShells();
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `pre-commit==${version}`];
  // What an earlier Python left is of no use to a newer one.
  if (existsSync(python) && succeeds(python, pip)) return 0;
  rmSync(environment, { recursive: true, force: true });
  if (succeeds("python3", ["-m", "venv", environment]) && succeeds(python, pip)) return 0;
  rmSync(environment, { recursive: true, force: true });
  throw new Stop(
    `pre-commit ${version} could not be installed; the message above says why. It needs Python 3 with \`venv\` ` +
      "(on Debian, the packages python3 and python3-venv)",
  );
});
