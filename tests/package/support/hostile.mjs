// What every test of bad input needs: an engine in use, and proof that it came through unharmed.

import assert from "node:assert/strict";
import { checkMapping, GroupSync, GroupSyncError } from "idp-group-sync";

export const config = {
  mapping: "Sales Team -> sales",
  claim: "groups",
  catalog: { groups: [{ name: "sales" }, { name: "marketing" }] },
};

/** Lives through all tests of a file: it would be lost if the engine stopped even once. */
export const sync = new GroupSync(config);

/** The next call works as if nothing had happened, on an object from before as on a new one. */
export function nothingHappened() {
  for (const used of [sync, new GroupSync(config)]) {
    const { role, groups, diagnostics } = used.resolve({ groups: ["Sales Team"] });
    assert.deepEqual({ role, groups, diagnostics }, { role: "end-user", groups: ["sales"], diagnostics: [] });
    if (used !== sync) used.free();
  }
  assert.deepEqual(
    checkMapping("a => sales", config.catalog).map(({ code }) => code),
    ["missing-arrow"],
  );
}

/** The action throws a `GroupSyncError` of this code and path, at once, and leaves no trace. */
export function refuses(action, code, path, message = /./) {
  const start = process.cpuUsage();
  assert.throws(action, (error) => {
    assert.ok(error instanceof GroupSyncError, `not a GroupSyncError: ${error}`);
    assert.deepEqual({ code: error.code, path: error.path }, { code, path });
    assert.match(error.problem ?? error.message, message);
    assert.deepEqual(error.diagnostics, []);
    return true;
  });
  atOnce(start);
  nothingHappened();
}

/** Passes if this process has worked little since `start`, which is of `process.cpuUsage`: what else the machine does is not counted. */
export function atOnce(start) {
  const { user, system } = process.cpuUsage(start);
  const milliseconds = (user + system) / 1000;
  assert.ok(milliseconds < 5_000, `took ${Math.round(milliseconds)} ms`);
}
