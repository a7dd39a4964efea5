// The files that git tracks, which is what a stranger gets.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../setup/place.mjs";

const binary = /\.(png|ico|wasm|woff2?|bin)$/;

export const trackedFiles = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" })
  .split("\0")
  .filter((file) => file && existsSync(join(root, file)));

/** The tracked text files whose path fits, each with its lines. */
export function linesOf(fits) {
  return trackedFiles
    .filter((file) => !binary.test(file) && fits(file))
    .map((file) => ({ file, lines: readFileSync(join(root, file), "utf8").trimEnd().split("\n") }));
}

/** Every line that matches, as `file:line`. */
export function places(pattern, fits) {
  return linesOf(fits).flatMap(({ file, lines }) =>
    lines.flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : [])),
  );
}
