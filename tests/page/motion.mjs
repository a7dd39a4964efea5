// Who asks for less motion gets none.

import assert from "node:assert/strict";
import { test } from "node:test";
import { moving } from "../support/motion.mjs";
import { withPage } from "./open-page.mjs";

async function movingAnywhere(preview) {
  const found = await preview.page.evaluate(moving);
  await preview.write(preview.mapping, "Engineering => developers");
  await preview.problems.first().waitFor();
  return [...new Set([...found, ...(await preview.page.evaluate(moving))])];
}

test("with less motion, nothing moves", () =>
  withPage(async (preview) => assert.deepEqual(await movingAnywhere(preview), []), { reducedMotion: "reduce" }));

test("without that wish, something does", () =>
  withPage(async (preview) => assert.notDeepEqual(await movingAnywhere(preview), []), {
    reducedMotion: "no-preference",
  }));
