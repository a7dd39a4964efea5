// What publint and @arethetypeswrong/cli say of a package that is to be published.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { environment, root } from "../setup/place.mjs";

/**
 * The resolutions that each package is made for: `node16` leaves out that of Node 10, which knows no `exports`; no supported
 * TypeScript or Node uses it.
 */
const profiles = { pkg: "node16", "www/elements/pkg": "esm-only" };

/** All that either has to say of the package in a folder of the repository, packed into a tarball. */
export async function manifestFaults(folder, tarball) {
  const { messages, pkg } = await publint({ pkgDir: join(root, folder), strict: true });
  const args = [tarball, "--profile", profiles[folder], "--format", "table", "--no-emoji"];
  const shell = process.platform === "win32";
  const attw = spawnSync("attw", args, { cwd: root, env: environment(), encoding: "utf8", shell });
  return [
    ...messages.map((message) => formatMessage(message, pkg, { color: false })),
    ...(attw.status === 0 ? [] : [attw.stdout + attw.stderr]),
  ];
}
