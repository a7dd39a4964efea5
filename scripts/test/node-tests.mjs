// Node's own test runner, over the test files of a folder.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "../setup/place.mjs";
import { nodeTests as count } from "./counts.mjs";

/** A step that runs every `*.test.mjs` of a folder. Node's versions disagree on folders and globs, so each file is named. */
export function nodeTests(folder) {
  const args = () => {
    const files = testFiles(folder);
    if (files.length === 0) throw new Error(`${folder} holds no *.test.mjs`);
    return ["--test", "--test-reporter=spec", ...files];
  };
  return { command: process.execPath, args, count };
}

function testFiles(folder) {
  return readdirSync(join(root, folder), { recursive: true })
    .filter((file) => file.endsWith(".test.mjs") && !file.includes("node_modules"))
    .map((file) => join(folder, file))
    .sort();
}
