// Where PySpark is.

import { join } from "node:path";
import { root } from "../../../scripts/setup/place.mjs";

export const environment = join(root, "target", "spark", "venv");
export const python = join(environment, "bin", "python");
