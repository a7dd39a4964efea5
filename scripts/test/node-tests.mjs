// Node's own test runner, over the test files of a folder.

import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { root } from "../setup/place.mjs";
import { nodeTests as count } from "./counts.mjs";

/** A step that runs every `*.test.mjs` of a folder, but for those that `without` matches. Node's versions disagree on folders and globs, so each file is named. */
export function nodeTests(folder, { without } = {}) {
  const chosen = () => testFiles(folder, ".test.mjs").filter((file) => !without?.test(file));
  const args = () => ["--test", "--test-reporter=spec", ...chosen()];
  return { command: process.execPath, args, count };
}

/** Node would leave a core to others; on a machine with two, much of these tests is waiting. */
const filesAtOnce = Math.max(2, availableParallelism() - 1);

/** The same with a PostgreSQL server, which the tests find in TEST_DATABASE_URL. */
export function serverTests(folder, chosen) {
  const { args, ...step } = nodeTests(folder, chosen);
  return { ...step, args: () => [join("scripts", "test", "with-postgresql.mjs"), process.execPath, ...args()] };
}

/** Steps that compile a project of TypeScript and run all its tests: with the embedded database, and again with a PostgreSQL server. */
export function databaseTests(project) {
  // By the names of the sources: beside what is compiled there may lie what was compiled from a file that is gone.
  const args = () => [
    ...["--enable-source-maps", "--test", "--test-reporter=spec", `--test-concurrency=${filesAtOnce}`],
    ...testFiles(join(project, "tests"), ".test.ts").map((file) =>
      file.replace(project, join(project, "dist")).replace(/\.ts$/, ".js"),
    ),
  ];
  const withPostgresql = join("scripts", "test", "with-postgresql.mjs");
  return [
    { command: "tsc", args: ["--project", project] },
    { command: process.execPath, args, env: { TEST_DATABASE_URL: "" }, count },
    { command: process.execPath, args: () => [withPostgresql, process.execPath, ...args()], count },
  ];
}

function testFiles(folder, ending) {
  const files = readdirSync(join(root, folder), { recursive: true })
    .filter((file) => file.endsWith(ending) && !file.includes("node_modules"))
    .map((file) => join(folder, file))
    .sort();
  if (files.length === 0) throw new Error(`${folder} holds no *${ending}`);
  return files;
}
