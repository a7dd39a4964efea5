// Who asks for less motion gets none: nothing on the page is moved or faded by a style.

import assert from "node:assert/strict";
import { test } from "node:test";
import { moving } from "../support/motion.mjs";
import { withDemo } from "./support/admin-page.mjs";

async function movingAnywhere(admin) {
  const { page } = admin;
  const found = [];
  const look = async () => found.push(...(await page.evaluate(moving)));
  await admin.write("Engineering -> developers\nMarketing Team => sales");
  await look();
  await admin.write("Engineering -> developers");
  for (const view of ["Preview", "Scenarios", "Activity", "History"]) {
    await admin.goTo(view);
    await page.getByRole("heading", { name: view, level: 1 }).waitFor();
    await look();
  }
  await admin.review();
  await page.getByText(/known people would change/).waitFor();
  await look();
  await page.keyboard.press("Control+k");
  await admin.dialog.getByRole("heading", { name: "Commands" }).waitFor();
  await look();
  return [...new Set(found)];
}

test("with less motion, nothing moves", () =>
  withDemo(async (admin) => assert.deepEqual(await movingAnywhere(admin), []), { reducedMotion: "reduce" }));

test("without that wish, something does", () =>
  withDemo(async (admin) => assert.notDeepEqual(await movingAnywhere(admin), []), {
    reducedMotion: "no-preference",
  }));
