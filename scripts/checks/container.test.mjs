// What the container file says holds without building it: `npm test -- container` builds it.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { nodeVersions } from "../release/projects.mjs";
import { root } from "../setup/place.mjs";
import { trackedFiles } from "./tracked-files.mjs";

const read = (...path) => readFileSync(join(root, ...path), "utf8");
const lines = (text) =>
  text
    .replace(/\\\n/g, " ")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#"));

const text = read("server", "Containerfile");
const steps = lines(text);
const last = steps.slice(steps.findLastIndex((step) => step.startsWith("FROM ")));
const ignored = lines(read(".dockerignore"));
const packageMain = `pkg/${JSON.parse(read("pkg", "package.json")).main}`.replace("/./", "/");

/** What is taken from the repository, or from `pkg/`, which is built before. */
const copied = steps
  .filter((step) => step.startsWith("COPY ") && !step.includes("--from="))
  .flatMap((step) => step.split(/\s+/).slice(1, -1));

/** As `.dockerignore` is read: the last line that fits a file, or a folder that it is in, counts. */
function isIgnored(file) {
  const fits = (pattern) =>
    new RegExp(
      `^${pattern
        .replace(/[.+]/g, "\\$&")
        .replace(/\*\*\/|\*/g, (stars) => (stars === "*" ? "[^/]*" : "(.*/)?"))}(/|$)`,
    ).test(file);
  const line = ignored.findLast((pattern) => fits(pattern.replace(/^!/, "")));
  return line !== undefined && !line.startsWith("!");
}

test("what the container file copies is in the repository, or is built before it, and is not ignored", () => {
  assert.ok(copied.length > 5);
  assert.deepEqual(
    copied.filter((source) => !existsSync(join(root, source))),
    [],
  );
  assert.deepEqual(copied.filter(isIgnored), []);
  assert.equal(isIgnored(packageMain), false);
});

test("of what is copied, only what the container does without is ignored", () => {
  const isCopied = (file) => copied.some((source) => file === source || file.startsWith(`${source}/`));
  const left = trackedFiles.filter((file) => isCopied(file) && isIgnored(file));
  assert.ok(left.length > 0);
  assert.deepEqual(
    left.filter((file) => !/^server\/(tests|bench)\//.test(file)),
    [],
  );
  for (const file of ["server/data/pglite/base", "server/server.env", "server/dist/src/main.js", "node_modules/vite"]) {
    assert.ok(isIgnored(file), file);
  }
});

test("every workspace is there when packages are installed, as `npm ci` wants it", () => {
  const { workspaces } = JSON.parse(read("package.json"));
  const missing = workspaces.filter((workspace) => !text.includes(`COPY ${workspace}/package.json ${workspace}/\n`));
  assert.deepEqual(missing, []);
});

test("it is one Node throughout, and one that is tested", () => {
  const bases = steps.flatMap((step) => step.match(/^FROM (docker\.io\S+)/)?.[1] ?? []);
  assert.equal(new Set(bases).size, 1);
  const [, major] = bases[0].match(/^docker\.io\/library\/node:(\d+)-bookworm-slim(@sha256:[0-9a-f]{64})?$/);
  assert.ok(nodeVersions.some((version) => version.startsWith(`${major}.`)));
});

test("it starts as the server's own script does", () => {
  const { scripts } = JSON.parse(read("server", "package.json"));
  const command = steps.at(-1).replace(/^CMD /, "");
  assert.equal(JSON.parse(command).join(" "), scripts.serve);
  assert.ok(last.includes("WORKDIR /app/server"));
});

test("what runs is nobody's root, by a number, and is asked whether it lives", () => {
  assert.match(
    last.find((step) => step.startsWith("USER ")),
    /^USER [1-9]\d*:[1-9]\d*$/,
  );
  assert.ok(last.some((step) => /^HEALTHCHECK .*\/healthz/.test(step)));
  assert.ok(!last.some((step) => step.startsWith("RUN ")));
});
