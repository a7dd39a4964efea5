// The installed package in TypeScript projects, with its declarations checked too (`skipLibCheck: false`).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/setup/place.mjs";
import { project, run, runNode, tool } from "./support/project.mjs";

const compilers = {
  "the current TypeScript": tool("tsc"),
  "the oldest TypeScript": join(root, "tests", "package", "oldest-typescript", "node_modules", ".bin", "tsc"),
};

for (const [name, tsc] of Object.entries(compilers)) {
  test(`${name}: moduleResolution bundler, lib es2022`, async () => {
    await run(tsc, ["--project", "tsconfig.bundler.json"], await project("typescript"));
  });

  test(`${name}: moduleResolution nodenext, lib es2022, from an ES module and from a CommonJS module`, async () => {
    const folder = await project("typescript");
    await run(tsc, ["--project", "tsconfig.nodenext.json"], folder);
    const [imported, required] = await runNode("run.mjs", folder);
    assert.deepEqual(imported, {
      role: "builder",
      groups: ["marketing"],
      problems: [],
      plan: { from: "end-user", to: "builder" },
      decided: ["true", "true", "marketing"],
      gains: ["ada gains", "0"],
      met: true,
    });
    assert.deepEqual(required, imported);
  });
}

for (const [name, tsc] of Object.entries(compilers)) {
  test(`${name}: what every function gives can be exported without a type being written`, async () => {
    const folder = await project("typescript");
    await run(tsc, ["--project", "tsconfig.declarations.json"], folder);
    const declarations = readFileSync(join(folder, "declarations", "declarations.d.mts"), "utf8");
    assert.match(declarations, /signIn: \(subject: string, token: object\) => Promise</);
    assert.match(declarations, /"member" \| "owner"/);
    assert.doesNotMatch(declarations, /: any\b/);
  });
}

test("`using`, and the slim entry with the types of the platform", async () => {
  await run(tool("tsc"), ["--project", "tsconfig.platform.json"], await project("typescript"));
});
