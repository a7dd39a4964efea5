// An empty PGlite in memory. Every test file needs one of its own, and making it takes two seconds; so one is made once, and kept beside the
// compiled tests.

import { existsSync, readFileSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";

const manifest = new URL("../package.json", import.meta.resolve("@electric-sql/pglite"));
const { version } = JSON.parse(readFileSync(manifest, "utf8"));

const kept = fileURLToPath(new URL(`../../pglite-${version}.tar`, import.meta.url));

export async function emptyPGlite(): Promise<PGlite> {
  if (!existsSync(kept)) await make();
  return PGlite.create({ loadDataDir: new Blob([await readFile(kept)]) });
}

/** Test files that run at once may each make it, and whole: one of them stays. */
async function make(): Promise<void> {
  const pglite = await PGlite.create();
  const own = `${kept}.${process.pid}`;
  await writeFile(own, await (await pglite.dumpDataDir("none")).bytes());
  await rename(own, kept);
  await pglite.close();
}
