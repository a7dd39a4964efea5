// What the engine said of an earlier text: it is told as such, leads nowhere, and changes nothing in the present text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./open-page.mjs";

const large = Array.from({ length: 3000 }, (_, index) => `Department ${index}  ->  team-${index % 50}`);

/** Has the engine's worker wait, and with it every answer about a large mapping; gives what lets it go. */
async function holdWorker({ page }) {
  let letGo;
  const held = new Promise((resolve) => {
    letGo = resolve;
  });
  await page.route(/engine-worker/, async (route) => {
    await held;
    await route.continue();
  });
  return letGo;
}

async function openLarge(preview) {
  await preview.pickSample("Keycloak: group paths");
  await preview.write(preview.token, '{ "groups": ["backend"] }');
  await preview.write(preview.mapping, "x -> nowhere\nbackend -> developers");
  await preview.expectOutcome({ groups: ["developers"] });
  const letGo = await holdWorker(preview);
  await preview.page.keyboard.press("Control+a");
  await preview.paste([...large, "backend -> sales"].join("\n"));
  return letGo;
}

test("an outcome and diagnostics of an earlier text are told as busy, and lead to no place in the present one", () =>
  withPage(async (preview) => {
    const { page, mapping, rows, problems, outcome } = preview;
    const letGo = await openLarge(preview);
    const busy = outcome.locator(".outcome");
    assert.equal(await busy.getAttribute("aria-busy"), "true");
    await rows.first().getByRole("button").click();
    assert.equal(await preview.hasFocus(mapping), false);
    const list = page.locator("group-mapping-editor diagnostic-list");
    assert.equal(await list.getAttribute("aria-busy"), "true");
    await problems.getByRole("button", { name: "line 1" }).click();
    assert.equal(await preview.hasFocus(mapping), false);
    letGo();
    await preview.expectOutcome({ groups: ["sales"] });
    assert.equal(await busy.getAttribute("aria-busy"), "false");
    await page.getByRole("status").getByText("3,000 warnings", { exact: true }).waitFor();
    assert.equal(await list.getAttribute("aria-busy"), "false");
    await rows.first().getByRole("button").click();
    assert.ok(await preview.hasFocus(mapping));
  }));

test("what is typed while the canonical form is worked out is kept", () =>
  withPage(async (preview) => {
    const { page, mapping } = preview;
    const letGo = await openLarge(preview);
    await page.getByRole("button", { name: "Format", exact: true }).click();
    await mapping.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type(", typed -> sales");
    letGo();
    await page.getByRole("status").getByText("Formatted.").waitFor();
    const text = await page.locator("group-mapping-editor").evaluate((editor) => editor.value);
    assert.ok(text.startsWith("Department 0 -> team-0\n"));
    assert.match(text, /typed -> sales$/);
  }));

test("an explanation goes away when the text, or what is known besides, becomes another one", () =>
  withPage(async (preview) => {
    const { page, mapping } = preview;
    const told = page.locator(".cm-explanation");
    const editor = page.locator("group-mapping-editor");
    await preview.pickSample("Keycloak: group paths");
    await preview.write(mapping, "backend -> developers\nx -> sales");
    await page.keyboard.press("Escape");
    await page.locator(".cm-mapping-source", { hasText: "backend" }).hover();
    await told.getByText("join the group developers").waitFor();
    await page.keyboard.type("y");
    await told.waitFor({ state: "detached" });
    await page.keyboard.press("Control+i");
    await told.waitFor();
    await editor.evaluate((element) => {
      element.catalog = { groups: [{ name: "developers" }] };
    });
    await told.waitFor({ state: "detached" });
  }));

test("a new name for a target is no longer asked for once the text is another one", () =>
  withPage(async (preview) => {
    const { page, mapping } = preview;
    await preview.pickSample("Keycloak: group paths");
    await preview.write(mapping, "backend -> developers");
    await page.keyboard.press("Escape");
    await page.keyboard.press("F2");
    await page.locator("mapping-rename-form").waitFor();
    await page.locator("group-mapping-editor").evaluate((editor) => {
      editor.value = "# another one\nops -> sales";
    });
    await page.locator("mapping-rename-form").waitFor({ state: "detached" });
  }));
