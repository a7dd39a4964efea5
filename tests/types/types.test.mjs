// The package's declarations against the agreed surface (contract.d.ts), and programs that use them.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../../scripts/setup/place.mjs";

test("the declarations are the agreed ones, and programs compile as they should", () => {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "--project", join(root, "tests", "types")], {
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout);
});
