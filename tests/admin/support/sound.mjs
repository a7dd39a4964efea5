// What holds for whatever the page shows: it is accessible, and fits.

import assert from "node:assert/strict";
import { violations } from "../../support/axe.mjs";

/** Axe finds nothing, and nothing runs off the side, whatever the language, theme and width. `state` says what is shown. */
export async function expectSound(page, state) {
  const size = page.viewportSize();
  const wrong = [];
  for (const language of ["en", "de", "fr"]) {
    await page.evaluate((lang) => document.documentElement.setAttribute("lang", lang), language);
    for (const [colorScheme, width] of [
      ["light", 1440],
      ["dark", 320],
    ]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      const where = `${state}, ${language}, ${colorScheme}, ${width} pixels`;
      for (const violation of await violations(page)) wrong.push(`${where}: ${violation}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) wrong.push(`${where}: ${wide} pixels wide`);
    }
  }
  await page.evaluate(() => document.documentElement.setAttribute("lang", "en"));
  await page.setViewportSize(size);
  assert.deepEqual(wrong, []);
}
