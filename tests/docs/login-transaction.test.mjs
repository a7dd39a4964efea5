// The login transaction of docs/login.md, beyond what the page itself shows.

import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { root } from "../../scripts/setup/place.mjs";
import { emptyFolder, run, tarball } from "../package/support/project.mjs";
import { blocksOf } from "./support/blocks.mjs";

test("a login that fails leaves nothing, and everything is locked before it is read", async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const database = join(root, "node_modules", "@electric-sql", "pglite");
  await run("npm", ["install", "--offline", "--no-save", "--ignore-scripts", await tarball(), database], folder);
  for (const { file, text } of blocksOf("docs/login.md")) if (file) writeFileSync(join(folder, file), text);
  const program = "failing-login.mjs";
  cpSync(fileURLToPath(new URL(`programs/${program}`, import.meta.url)), join(folder, program));
  await run(process.execPath, [program], folder);
});
