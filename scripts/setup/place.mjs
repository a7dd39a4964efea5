// Where things are: the repository, the tools that set-up installs into it, and the environment that finds them.

import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Command-line tools that set-up builds; outside `target/`, so that `cargo clean` keeps them. */
export const toolsFolder = join(root, ".tools");

/** The repository's own tools come first on the path: their versions are the ones in the lock files. */
export function environment(extra = {}) {
  const path = [join(toolsFolder, "bin"), join(root, "node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter);
  return { ...process.env, ...extra, PATH: path };
}
