// The editor's tools: format, rename, undo, and the bar that they stand in.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./open-page.mjs";

test("formatting writes the canonical text, as one step to undo, and leaves a text with errors alone", () =>
  withPage(async (preview) => {
    const { page, mapping } = preview;
    await preview.write(mapping, 'a->sales ,"b" → sales\n\n# kept');
    await page.keyboard.press("Shift+Alt+f");
    await page.getByRole("status").getByText("Formatted.").waitFor();
    assert.equal(await preview.text(mapping), "a -> sales\nb -> sales\n# kept");
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    assert.equal(await preview.text(mapping), 'a->sales ,"b" → sales\n\n# kept');
    assert.ok(await preview.hasFocus(mapping));

    await preview.write(mapping, "a => sales");
    await page.getByRole("button", { name: "Format" }).click();
    await page.getByRole("status").getByText("Fix the errors first").waitFor();
    assert.equal(await preview.text(mapping), "a => sales");
  }));

test("a target is renamed in every entry that leads to it, written as the engine writes it", () =>
  withPage(async (preview) => {
    const { page, mapping } = preview;
    await preview.write(mapping, 'a -> sales, sales -> crm\n"b, c" ->"sales"\nteam-* -> sales\nx -> Sales');
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("F2");
    const field = page.getByRole("textbox", { name: "New name for sales" });
    await field.waitFor();
    assert.ok(await preview.hasFocus(field));
    await page.keyboard.insertText("sales, EMEA");
    await page.getByRole("button", { name: "Rename in 3 entries" }).click();
    assert.equal(
      await preview.text(mapping),
      'a -> "sales, EMEA", sales -> crm\n"b, c" ->"sales, EMEA"\nteam-* -> "sales, EMEA"\nx -> Sales',
    );
    await page.getByRole("status").getByText("Renamed in 3 entries.").waitFor();
    assert.ok(await preview.hasFocus(mapping));
    await page.keyboard.press("Control+z");
    assert.match(await preview.text(mapping), /^a -> sales, sales -> crm/, "one step to undo");
  }));

test("a name that no entry can have is refused, and Escape keeps the old one", () =>
  withPage(async (preview) => {
    const { page, mapping } = preview;
    await preview.write(mapping, "a -> sales");
    await page.keyboard.press("F2");
    await page.getByRole("textbox", { name: "New name for sales" }).fill("");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("An entry cannot use this name.").waitFor();
    await page.keyboard.press("Escape");
    assert.ok(await preview.hasFocus(mapping));
    assert.equal(await preview.text(mapping), "a -> sales");

    await preview.write(mapping, "# nothing");
    await page.keyboard.press("F2");
    await page.getByRole("status").getByText("There is no target at the cursor to rename.").waitFor();
  }));

test("the bar is one stop for Tab, and the arrow keys walk in it", () =>
  withPage(async (preview) => {
    const { page } = preview;
    const button = (name) => page.getByRole("button", { name, exact: true });
    await button("Text").focus();
    await page.keyboard.press("ArrowLeft");
    assert.ok(await preview.hasFocus(button("Rename target")));
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    assert.ok(await preview.hasFocus(button("Table")));
    await page.keyboard.press("Tab");
    assert.ok(await preview.hasFocus(preview.mapping), "Tab leaves the bar");
    await page.keyboard.press("Shift+Tab");
    assert.ok(await preview.hasFocus(button("Table")), "and comes back to where it left");
  }));

test("undo and redo can be pressed as long as there is something", () =>
  withPage(async (preview) => {
    const { page, mapping } = preview;
    const [undo, redo] = ["Undo", "Redo"].map((name) => page.getByRole("button", { name, exact: true }));
    const usable = (button) => button.getAttribute("aria-disabled").then((disabled) => disabled === "false");
    await mapping.focus();
    await page.keyboard.press("Control+End");
    const before = await preview.text(mapping);
    await page.keyboard.insertText("\nx -> sales");
    assert.deepEqual([await usable(undo), await usable(redo)], [true, false]);
    await undo.click();
    assert.equal(await preview.text(mapping), before);
    assert.ok(await usable(redo));
    await redo.click();
    assert.equal(await preview.text(mapping), `${before}\nx -> sales`);
  }));
