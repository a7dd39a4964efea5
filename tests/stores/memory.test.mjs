// The store in memory keeps all that `Store` guarantees.

import { test } from "node:test";
import { testStore } from "idp-group-sync/store-test";
import { inMemory } from "./support/fixtures.mjs";

testStore({ test, createStore: () => inMemory() });
