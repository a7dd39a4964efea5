// Light and dark.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./open-page.mjs";

const background = ({ page }) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

const themed = ({ page }, theme) => page.locator(`html.wa-${theme}`).waitFor();

test("the page follows the system, until a theme is chosen, which is kept", () =>
  withPage(async (preview) => {
    const { page } = preview;
    const light = await background(preview);
    await page.emulateMedia({ colorScheme: "dark" });
    await themed(preview, "dark");
    const dark = await background(preview);
    assert.notEqual(dark, light);

    await page.getByRole("button", { name: "Switch to the light theme" }).click();
    assert.equal(await background(preview), light);
    await page.reload();
    assert.equal(await background(preview), light, "kept over a reload");

    await page.getByRole("button", { name: "Switch to the dark theme" }).click();
    await page.emulateMedia({ colorScheme: "light" });
    await themed(preview, "light");
    assert.equal(await background(preview), light, "back to what the system asks for is back to following it");
  }));
