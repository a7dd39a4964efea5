// Where pre-commit is.

import { join } from "node:path";
import { root } from "../../../scripts/setup/place.mjs";

export const environment = join(root, "target", "pre-commit");
export const python = join(environment, "bin", "python");
export const preCommit = join(environment, "bin", "pre-commit");
