// Building only what changed: a stamp beside the output holds the hash of what it was built from, and of the output itself.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "../setup/place.mjs";

/** Where the steps of the build leave their results for each other. */
export const workFolder = join(root, "target", "npm");

/**
 * Runs `build` unless `output` is there just as the last build left it, from the same inputs.
 *
 * `inputs` holds `files` (files and folders) and `values` (versions and options that the result depends on).
 */
export async function buildOnChange(name, { inputs, output, build }) {
  const stamp = join(workFolder, `${name}.stamp`);
  const before = hash(inputs.files, inputs.values);
  const isCurrent = () => `${before} ${hash([output], [])}\n`;
  if (existsSync(stamp) && existsSync(output) && readFileSync(stamp, "utf8") === isCurrent()) {
    console.log(`[build] ${name}: up to date`);
    return;
  }
  console.log(`[build] ${name}: building ${relative(root, output)}/`);
  mkdirSync(workFolder, { recursive: true });
  rmSync(stamp, { force: true });
  await build();
  writeFileSync(stamp, isCurrent());
}

function hash(paths, values) {
  const sum = createHash("sha256");
  for (const file of paths.flatMap(filesIn)) {
    const bytes = readFileSync(file);
    sum.update(`${relative(root, file)}\0${bytes.length}\0`).update(bytes);
  }
  return sum.update(JSON.stringify(values)).digest("hex");
}

/** The files of a folder in a fixed order. */
function filesIn(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}
