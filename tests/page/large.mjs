// Mappings so large that a worker answers: the same answers, and none of a text that has changed since.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./open-page.mjs";

const entries = Array.from({ length: 3000 }, (_, index) => `Department ${index} -> team-${index % 50}`);

async function open(preview, lines) {
  await preview.pickSample("Keycloak: group paths");
  await preview.write(preview.token, '{ "groups": ["backend", "Department 7"] }');
  await preview.mapping.focus();
  await preview.page.keyboard.press("Control+a");
  await preview.paste([...lines, "backend -> developers"].join("\n"));
}

test("a large mapping is resolved and checked in a worker", () =>
  withPage(async (preview) => {
    const { page, problems } = preview;
    await open(preview, entries);
    await preview.expectOutcome({ role: "builder", groups: ["developers"] });
    assert.equal(page.workers().length, 1);
    await page.getByRole("status").getByText("3,000 warnings", { exact: true }).waitFor();
    assert.equal(await problems.count(), 20, "the list shows the first, and counts the rest");
    await page.getByText("And 2,980 warnings more.").waitFor();
    await page.keyboard.press("Control+Home");
    await page.locator(".cm-lintRange-warning").nth(5).waitFor();
  }));

test("typing on makes earlier questions void: the last outcome is the one of the last text", () =>
  withPage(async (preview) => {
    const { page } = preview;
    await open(preview, entries);
    await preview.expectOutcome({ groups: ["developers"] });
    await page.keyboard.press("Control+End");
    for (let letter = 0; letter < 10; letter++) await page.keyboard.press("Backspace");
    await page.keyboard.type("sales");
    await preview.expectOutcome({ role: "end-user", groups: ["sales"] });
    await page.waitForTimeout(500);
    await preview.expectOutcome({ role: "end-user", groups: ["sales"] });
  }));

test("an error in a large mapping keeps it from running, and its fix mends it", () =>
  withPage(async (preview) => {
    const { page, mapping } = preview;
    await open(preview, [...entries, "x => sales"]);
    await preview.expectOutcome({ headline: "This mapping does not run" });
    const fix = page.locator("group-mapping-editor").getByRole("button", { name: "Write -> instead of =>" });
    await fix.click();
    await preview.expectOutcome({ groups: ["developers"] });
    assert.ok(await preview.hasFocus(mapping));
  }));

test("rows of a large table are edited one after the other, without waiting for the engine", () =>
  withPage(async (preview) => {
    const { page } = preview;
    await open(preview, entries);
    await page.getByRole("button", { name: "Table", exact: true }).click();
    const table = page.locator("mapping-table");
    await table.getByText("Rows 1 to 50 of 3001").waitFor();
    await table.locator('input[aria-label="IdP group, row 1"]').focus();
    await page.keyboard.press("Tab");
    for (const name of ["a much longer name", "x", "y, z"]) {
      await page.keyboard.insertText(name);
      await page.keyboard.press("Enter");
    }
    const text = await page.locator("group-mapping-editor").evaluate((editor) => editor.value);
    assert.deepEqual(text.split("\n").slice(0, 4), [
      "Department 0 -> a much longer name",
      "Department 1 -> x",
      'Department 2 -> "y, z"',
      "Department 3 -> team-3",
    ]);
  }));

test("an entry of a large mapping is explained, its target renamed, and the whole formatted", () =>
  withPage(async (preview) => {
    const { page, mapping } = preview;
    await open(preview, entries);
    await page.keyboard.press("Control+i");
    await page.locator(".cm-explanation").getByText("join the group developers").waitFor();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("F2");
    await page.getByRole("textbox", { name: "New name for team-0" }).fill("sales");
    await page.getByRole("button", { name: "Rename in 60 entries" }).click();
    await preview.expectOutcome({ groups: ["developers"] });
    await mapping.focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.insertText("  a->sales\n");
    await page.keyboard.press("Shift+Alt+f");
    await page.getByRole("status").getByText("Formatted.").waitFor();
    const text = await page.locator("group-mapping-editor").evaluate((editor) => editor.value);
    assert.deepEqual(text.split("\n").slice(0, 2), ["a -> sales", "Department 0 -> sales"]);
  }));

test("a long table is pasted at once, and turned into entries as soon as the engine has", () =>
  withPage(async (preview) => {
    const { page, mapping } = preview;
    await mapping.focus();
    await page.keyboard.press("Control+a");
    await preview.paste(
      Array.from({ length: 3000 }, (_, index) => `Department ${index},team-${index % 50}`).join("\n"),
    );
    await page.getByRole("button", { name: "On the left" }).click();
    await page.getByRole("status").getByText("A table was converted to 3,000 entries.").waitFor();
    const text = () => page.locator("group-mapping-editor").evaluate((editor) => editor.value);
    assert.equal((await text()).split("\n").at(-1), "Department 2999 -> team-49");
    await page.getByRole("button", { name: "Keep it as pasted" }).click();
    assert.equal((await text()).split("\n").at(-1), "Department 2999,team-49");
  }));
