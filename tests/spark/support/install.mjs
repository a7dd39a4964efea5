// PySpark in an environment of its own, in target/spark.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { succeeds } from "../../../scripts/setup/command.mjs";
import { root } from "../../../scripts/setup/place.mjs";
import { environment, python } from "./python.mjs";

const requirements = join(root, "examples", "spark", "requirements.txt");
const steps = [
  ...(existsSync(python) ? [] : [["python3", ["-m", "venv", environment]]]),
  [python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements]],
];
for (const [program, args] of steps) {
  if (!succeeds(program, args)) throw new Error(`\`${program} ${args.join(" ")}\` failed`);
}
