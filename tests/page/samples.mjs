// Every sample of the menu shows what its test case expects.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { withPage } from "./open-page.mjs";

const cases = ["scenarios", "tokens"].flatMap(
  (file) => JSON.parse(readFileSync(new URL(`../cases/${file}.json`, import.meta.url), "utf8")).cases,
);

test("the menu offers every case of both files", () =>
  withPage(async ({ page }) => {
    await page.getByRole("button", { name: "Samples" }).click();
    const titles = (await page.getByRole("menuitem").allTextContents()).map((title) => title.trim());
    assert.deepEqual(
      titles,
      cases.map(({ title }) => title),
    );
  }));

for (const { title, expect } of cases) {
  test(`sample "${title}" shows the outcome that its case expects`, () =>
    withPage(async (preview) => {
      await preview.pickSample(title);
      const { role, groups, matches } = expect.resolution;
      await preview.expectOutcome({ role, groups });
      if (matches) assert.equal(await preview.rows.count(), matches.length);
    }));
}
