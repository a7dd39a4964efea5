// Everything by keyboard alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./open-page.mjs";

/** The name of what has the focus, as a screen reader would find it. */
async function focused({ page }) {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    if (!active || active === document.body) return "";
    const host = active.getRootNode().host;
    const labels = [...(active.labels ?? [])].map((label) => label.textContent);
    const texts = [active.getAttribute("aria-label"), ...labels, host?.label, active.textContent, host?.textContent];
    const icon = (active.matches("wa-icon") ? active : host)?.querySelector("wa-icon[label]")?.label;
    return [...texts, icon].map((text) => text?.replaceAll(/\s+/g, " ").trim()).find(Boolean) ?? active.localName;
  });
}

/** Presses a key until the focus is on this, noting what it passed. */
async function walkTo(preview, name, key = "Tab") {
  const passed = [];
  for (let steps = 0; steps < 40; steps++) {
    await preview.page.keyboard.press(key);
    const here = await focused(preview);
    passed.push(here);
    if (name.test(here)) return passed;
  }
  assert.fail(`${key} never reached ${name}; it passed ${passed.join(" | ")}`);
}

test("Tab walks through the page in reading order, in both directions, and is trapped nowhere", () =>
  withPage(async (preview) => {
    await preview.pickSample("Keycloak: group paths");
    await preview.page.evaluate(() => document.activeElement?.blur());
    const stops = [
      /Samples/,
      /Switch to the dark theme/,
      /Claim name/,
      /Claim options and choices/,
      /^Group mapping/,
      /^Token/,
      /Name of group 1/,
      /Group marketing needs/,
      /Remove group marketing/,
      /Add a group/,
      /Roles, lowest first/,
      /Marketing Team/,
      /backend/,
    ];
    for (const stop of stops) await walkTo(preview, stop);
    for (const stop of stops.toReversed().slice(1)) await walkTo(preview, stop, "Shift+Tab");
  }));

test("a mistake is found, mended and looked up without a mouse", () =>
  withPage(async (preview) => {
    const { page, mapping } = preview;
    await preview.pickSample("Keycloak: group paths");
    await walkTo(preview, /^Group mapping/);
    await page.keyboard.press("Control+a");
    await page.keyboard.type("backend => developers\n");
    await page.keyboard.press("Escape");
    await walkTo(preview, /line 1, column 9/);
    await walkTo(preview, /->/);
    await page.keyboard.press("Enter");
    assert.equal(await preview.text(mapping), "backend -> developers\n");
    assert.ok(await preview.hasFocus(mapping));

    await walkTo(preview, /^backend/);
    await page.keyboard.press("Enter");
    assert.ok(await preview.hasFocus(mapping));
    await page.keyboard.type("backend -> sales");
    await preview.expectOutcome({ role: "end-user", groups: ["sales"] });
  }));

test("F8 goes from problem to problem", () =>
  withPage(async (preview) => {
    const { page, mapping } = preview;
    await preview.write(mapping, "Marketing Team -> marketing\n-> sales\nx -> y -> z");
    await preview.expectOutcome({ headline: "This mapping does not run" });
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("F8");
    await page.keyboard.insertText("MENDED");
    assert.match(await preview.text(mapping), /^Marketing Team -> marketing\n.*MENDED/);
  }));

test("the menu of samples opens, moves and closes by keyboard, and gives the focus back", () =>
  withPage(async (preview) => {
    const { page } = preview;
    await walkTo(preview, /Samples/);
    await page.keyboard.press("Enter");
    await page.locator("wa-dropdown-item:focus").first().waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("menuitem").first().waitFor({ state: "hidden" });
    assert.match(await focused(preview), /Samples/);
    await page.keyboard.press("Enter");
    await page.locator("wa-dropdown-item:focus").first().waitFor();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.locator(".sample").getByText("Amazon Cognito.").waitFor();
  }));
