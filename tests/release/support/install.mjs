// pre-commit in an environment of its own, in target/pre-commit.

import { existsSync } from "node:fs";
import { succeeds } from "../../../scripts/setup/command.mjs";
import { environment, python } from "./python.mjs";

const version = "4.7.0";

const steps = [
  ...(existsSync(python) ? [] : [["python3", ["-m", "venv", environment]]]),
  [python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `pre-commit==${version}`]],
];
for (const [program, args] of steps) {
  if (!succeeds(program, args)) throw new Error(`\`${program} ${args.join(" ")}\` failed`);
}
