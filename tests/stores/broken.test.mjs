// Stores that are broken on purpose, one for each guarantee: each is caught by the check that is for it, which says what is wrong.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { StoreFault, testStore } from "idp-group-sync/store-test";
import { broken } from "./support/broken.mjs";
import { inMemory } from "./support/fixtures.mjs";

/** What runs each check, by its name. */
function checksOf(createStore) {
  const checks = new Map();
  testStore({ test: (name, run) => checks.set(name, run), createStore });
  return checks;
}

describe("a store that", () => {
  for (const { fault, caughtBy, says, make } of broken) {
    test(`${fault} is caught`, async () => {
      const check = checksOf(() => make(inMemory())).get(`a store ${caughtBy}`);
      assert.ok(check, `there is no check “a store ${caughtBy}”`);
      await assert.rejects(check(), (error) => {
        assert.ok(error instanceof StoreFault);
        assert.match(error.message, says);
        return true;
      });
    });
  }
});

test("every check has a store that it catches", () => {
  const caught = new Set(broken.map(({ caughtBy }) => `a store ${caughtBy}`));
  const idle = [...checksOf(inMemory).keys()].filter((name) => !caught.has(name));
  assert.deepEqual(idle, []);
});
