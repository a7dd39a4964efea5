// The container file names files that are there, and none that .dockerignore keeps from it.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../setup/place.mjs";

const text = readFileSync(join(root, "server", "Containerfile"), "utf8");
const steps = text
  .replace(/\\\n/g, " ")
  .split("\n")
  .map((line) => line.trim())
  .filter((line) => line && !line.startsWith("#"));

test("what the container file copies is in the repository, or is built before it", () => {
  const copied = steps
    .filter((step) => step.startsWith("COPY ") && !step.includes("--from="))
    .flatMap((step) => step.split(/\s+/).slice(1, -1));
  assert.ok(copied.length > 5);
  assert.deepEqual(
    copied.filter((source) => source !== "pkg" && !existsSync(join(root, source))),
    [],
  );
});

test("every workspace is there when packages are installed, as `npm ci` wants it", () => {
  const { workspaces } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const missing = workspaces.filter((workspace) => !text.includes(`COPY ${workspace}/package.json ${workspace}/\n`));
  assert.deepEqual(missing, []);
});

test("what runs is nobody's root, and is asked whether it lives", () => {
  const last = steps.slice(steps.findLastIndex((step) => step.startsWith("FROM ")));
  assert.ok(last.includes("USER node"));
  assert.ok(last.some((step) => /^HEALTHCHECK .*\/healthz/.test(step)));
  assert.ok(!last.some((step) => step.startsWith("RUN ")));
});
