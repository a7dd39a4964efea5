// The folder of the embedded database: one process has it at a time.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { lockFolder } from "../src/database/folder-lock.ts";
import { openPGlite } from "../src/database/pglite.ts";

const lock = new URL("../src/database/folder-lock.js", import.meta.url).href;

function newFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "login-server-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Another process that has the folder; `busy` once it has, it does nothing else any more. */
async function holder(folder: string, busy: boolean): Promise<ChildProcess> {
  const program = `import { writeSync } from "node:fs";
    import { lockFolder } from ${JSON.stringify(lock)};
    await lockFolder(${JSON.stringify(folder)});
    writeSync(1, "has it");
    if (${busy}) for (;;);
    process.stdin.resume();`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

for (const busy of [false, true]) {
  test(`a data folder is one process's, ${busy ? "also while that is busy, " : ""}and free again once it is killed`, async (context) => {
    const folder = newFolder(context);
    const other = await holder(folder, busy);
    await assert.rejects(lockFolder(folder), /is in use by another process: stop it, or set DATA_FOLDER/);
    other.kill("SIGKILL");
    await once(other, "exit");
    await lockFolder(folder);
    await assert.rejects(lockFolder(folder), /is in use/);
  });
}

test("who ends in order leaves nothing in the folder", async (context) => {
  const folder = newFolder(context);
  const other = await holder(folder, false);
  other.stdin?.end();
  await once(other, "exit");
  assert.ok(!existsSync(join(folder, "in-use")));
});

test("of many that come at once, one has the folder", async (context) => {
  const folder = newFolder(context);
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => lockFolder(folder)));
  assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 1);
});

test("a folder that cannot be had is told in a sentence", async (context) => {
  const folder = newFolder(context);
  const file = join(folder, "file");
  writeFileSync(file, "");
  await assert.rejects(openPGlite(join(file, "data")), /the data folder cannot be written to: .*; set DATA_FOLDER/);
  await assert.rejects(openPGlite(join(folder, "x".repeat(200))), /the path of the data folder .* is too long/);
});
