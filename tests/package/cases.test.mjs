// The shared cases, through the built package: decisions in numbers where the package takes them so, and all as text.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as groupSync from "idp-group-sync";
import { byNumber } from "../../pkg/dist/testing.js";
import { compute } from "./support/aspects.mjs";
import { caseFiles, spokenOf } from "./support/cases.mjs";

for (const isOff of [false, true]) {
  describe(isOff ? "as text" : "in numbers where that does", () => {
    for (const { file, cases } of caseFiles()) {
      test(file, async (t) => {
        for (const { name, given, expect } of cases) {
          await t.test(name, () => {
            byNumber.isOff = isOff;
            for (const [aspect, expected] of Object.entries(expect)) {
              assert.deepEqual(spokenOf(expected, compute(aspect, given, groupSync)), expected, aspect);
            }
          });
        }
      });
    }
  });
}
