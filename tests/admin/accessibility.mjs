// Axe on every view in both themes at both widths, and a layout that fits and stands still.

import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "../support/axe.mjs";
import { withDemo, withServer } from "./support/admin-page.mjs";
import { openBrowser } from "./support/browser.mjs";
import { openDemo } from "./support/site.mjs";
import { states } from "./support/states.mjs";

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 360]) {
    test(`axe finds nothing, and nothing runs off the side: ${colorScheme}, ${width} pixels`, () =>
      withDemo(
        async (admin) => {
          const found = {};
          for (const [state, reach] of Object.entries(states)) {
            await reach(admin);
            const wrong = await violations(admin.page);
            if (wrong.length > 0) found[state] = wrong;
            const wide = await admin.page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(wide <= width, `${state}: ${wide} pixels wide`);
          }
          const told = Object.entries(found).map(([state, wrong]) => `${state}: ${wrong.join("\n")}`);
          assert.equal(told.join("\n"), "");
        },
        { colorScheme, width, height: 800 },
      ));
  }
}

test("nothing shifts between views that are longer than the window and those that are not", () =>
  withDemo(async ({ page }) => {
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollbarGutter), "stable");
  }));

// On a server the way back to the workspaces stands beside it.
for (const [where, open, width] of [
  ["a server", withServer, 390],
  ["the demonstration", withDemo, 360],
  ["the demonstration", withDemo, 320],
]) {
  test(`the page's name is whole at ${width} pixels on ${where}, in the language with the longer one`, () =>
    open(
      async ({ page }) => {
        const name = page.locator("admin-page header .name");
        await name.getByText("Gruppenabgleich").waitFor();
        const { hidden, overlap } = await name.evaluate((element) => ({
          hidden: element.scrollWidth - element.clientWidth,
          overlap: element.getBoundingClientRect().right - element.nextElementSibling.getBoundingClientRect().left,
        }));
        assert.equal(hidden, 0);
        assert.ok(overlap <= 0, `the tools begin ${overlap} pixels before its end`);
      },
      { locale: "de-DE", width, height: 800 },
    ));
}

for (const width of [1440, 360]) {
  for (const view of ["settings", "preview", "scenarios", "people", "activity", "history"]) {
    test(`nothing moves while the page loads: ${view}, ${width} pixels`, async () => {
      const { address } = await openDemo();
      const session = await (await openBrowser()).newContext({ viewport: { width, height: 800 } });
      try {
        const page = await session.newPage();
        await page.addInitScript(() => {
          globalThis.moved = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) globalThis.moved += entry.value;
          }).observe({ type: "layout-shift", buffered: true });
        });
        await page.goto(`${address}#/${view}`);
        await page.getByRole("heading", { level: 1 }).waitFor();
        if (view === "settings") await page.getByRole("textbox", { name: "Group mapping" }).waitFor();
        await page.waitForTimeout(500);
        const moved = await page.evaluate(() => globalThis.moved);
        assert.ok(moved < 0.01, `cumulative layout shift ${moved}`);
      } finally {
        await session.close();
      }
    });
  }
}
