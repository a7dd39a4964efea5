// Axe in both themes at both widths, and a layout that fits and stands still.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { withPage } from "./open-page.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function violations({ page }) {
  // What is half faded in has no contrast yet. The cursor blinks for ever.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity)
        .map((animation) => animation.finished),
    ),
  );
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => window.axe.run());
  return found.map(({ id, help, nodes }) => ({ id, help, places: nodes.map(({ target }) => target.flat().join(" ")) }));
}

/** What the page can look like; each is brought about from the one before. */
const states = {
  "a sample": (preview) => preview.pickSample("Keycloak: group paths"),
  "every fold open": async ({ page }) => {
    await page.getByText("Claim options and policy").click();
    await page.getByText(/^Roles, lowest first/).click();
  },
  "mistakes of all severities": async (preview) => {
    await preview.write(preview.mapping, "Marketing Team => marketing\nx -> nowhere\nowners -> admin\n# note");
    await preview.expectOutcome({ headline: "This mapping does not run" });
  },
  completions: async (preview) => {
    await preview.write(preview.mapping, "x -> ");
    await preview.page.keyboard.press("Control+Space");
    await preview.page.getByRole("option").first().waitFor();
  },
  "unreadable claims": async (preview) => {
    await preview.write(preview.token, '{ "groups": [');
    await preview.expectOutcome({ headline: "Waiting for a token" });
  },
  "groups left out of the token": (preview) => preview.pickSample("Entra ID: overage"),
  "the menu": async ({ page }) => {
    await page.getByRole("button", { name: "Samples" }).click();
    await page.getByRole("menuitem").last().waitFor();
  },
};

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 360]) {
    test(`axe finds nothing, and nothing runs off the side: ${colorScheme}, ${width} pixels`, () =>
      withPage(
        async (preview) => {
          for (const [state, reach] of Object.entries(states)) {
            await reach(preview);
            assert.deepEqual(await violations(preview), [], state);
            const wide = await preview.page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(wide <= width, `${state}: ${wide} pixels wide`);
          }
        },
        { colorScheme, width, height: 800 },
      ));
  }
}

for (const width of [1440, 360]) {
  test(`nothing moves while the page loads: ${width} pixels`, () =>
    withPage(
      async ({ page }) => {
        const moved = await page.evaluate(
          () =>
            new Promise((resolve) => {
              let sum = 0;
              new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) sum += entry.value;
              }).observe({ type: "layout-shift", buffered: true });
              setTimeout(() => resolve(sum), 800);
            }),
        );
        assert.ok(moved < 0.01, `cumulative layout shift ${moved}`);
      },
      { width, height: 800 },
    ));
}
