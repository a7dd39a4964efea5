// The shared cases, through the built package.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as groupSync from "idp-group-sync";
import { compute } from "./support/aspects.mjs";
import { caseFiles, spokenOf } from "./support/cases.mjs";

for (const { file, cases } of caseFiles()) {
  test(file, async (t) => {
    for (const { name, given, expect } of cases) {
      await t.test(name, () => {
        for (const [aspect, expected] of Object.entries(expect)) {
          assert.deepEqual(spokenOf(expected, compute(aspect, given, groupSync)), expected, aspect);
        }
      });
    }
  });
}
