// examples/spark with two executor threads gives what one process gives.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { before, describe, test } from "node:test";
import { root } from "../../scripts/setup/place.mjs";
import { adminRepository, cli } from "../package/support/command-line.mjs";
import { python } from "./support/python.mjs";

const program = join(root, "examples", "spark", "in_parts.py");
const jsonLines = (text) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

let folder;
let count = 0;

before(async () => {
  folder = await adminRepository();
  for (const name of ["users", "directory"]) {
    const lines = readFileSync(join(folder, `${name}.jsonl`), "utf8")
      .trimEnd()
      .split("\n");
    const many = Array.from({ length: 2_000 }, (_, number) =>
      lines[number % lines.length].replace('"id": "', `$&${number}-`),
    );
    writeFileSync(join(folder, `many-${name}.jsonl`), many.join("\n"));
  }
  writeFileSync(join(folder, "none.txt"), "");
});

/** Runs the example. Returns its exit code, what `merge` printed, and what the parts did. */
async function spark(users, ...args) {
  count += 1;
  const printed = `printed-${count}`;
  const path = [join(folder, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  const submit = "--master local[2] --conf spark.ui.enabled=false pyspark-shell";
  const env = { ...process.env, NODE_OPTIONS: "", PATH: path, PYSPARK_SUBMIT_ARGS: submit, PYSPARK_PYTHON: python };
  const child = spawn(python, [program, users, printed, "--partitions", "5", ...args], { cwd: folder, env });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  const parts = () =>
    readdirSync(join(folder, printed))
      .filter((name) => name.startsWith("part-"))
      .sort()
      .map((name) => readFileSync(join(folder, printed, name), "utf8"));
  return { code, stdout, stderr, parts };
}

const commands = {
  users: ["impact", "--config", "group-sync.json", "--before", "mapping.txt", "--after", "none.txt", "--users"],
  directory: ["reconcile", "--settings", "settings.json", "--directory"],
};

for (const [name, command] of Object.entries(commands)) {
  const file = `many-${name}.jsonl`;

  describe(command[0], () => {
    test("the same changes and totals as in one process", async () => {
      const whole = await cli([...command, file], { folder });
      const { code, stdout, stderr, parts } = await spark(file, "--", ...command, "-");
      assert.equal(code, 0, stderr);
      assert.equal(stdout.trim(), whole.stdout.slice(whole.stdout.indexOf("2,000 users")).trim());
      const printed = parts();
      assert.ok(printed.length >= 5);
      const changes = printed.flatMap(jsonLines).filter(({ summary }) => summary === undefined);
      const single = await cli([...command, file, "--format", "json"], { folder });
      assert.deepEqual(changes, jsonLines(single.stdout).slice(0, -1));
    });

    test("and the same brake", async () => {
      const limits = ["--max-share", "1%"];
      const whole = await cli([...command, file, ...limits], { folder });
      const { code, stdout, stderr } = await spark(file, ...limits, "--", ...command, "-");
      assert.deepEqual([code, whole.code], [3, 3], stderr);
      assert.equal(stdout.trim(), whole.stdout.slice(whole.stdout.indexOf("2,000 users")).trim());
    });
  });
}

test("a part that fails fails the whole", async () => {
  const { code, stdout } = await spark("many-users.jsonl", "--", "impact", "--before", "nowhere.txt", "--users", "-");
  assert.notEqual(code, 0);
  assert.equal(stdout, "");
});
