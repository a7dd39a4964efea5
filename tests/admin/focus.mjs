// The focus is always somewhere: what has it may close, go, be saved or give way to another view.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, withDemo } from "./support/admin-page.mjs";
import { focused, reach } from "./support/keyboard.mjs";

const is = (page, name) =>
  eventually(async () => {
    const found = await focused(page);
    if (typeof name === "string") assert.equal(found, name);
    else assert.match(found ?? "", name);
  });

test("whatever goes, the focus stays near", () =>
  withDemo(async (admin) => {
    const { page, dialog } = admin;
    const { keyboard } = page;
    const press = async (name, key = "Enter") => {
      await reach(page, name);
      await keyboard.press(key);
    };
    // The skip link is first, and leads past the head.
    await keyboard.press("Tab");
    await is(page, "Skip to the content");
    await keyboard.press("Enter");
    await is(page, "main");

    // A dialog that is closed gives it back.
    await press("Add workspace");
    await dialog.getByRole("button", { name: /^Add Laboratory/ }).waitFor();
    await keyboard.press("Escape");
    await is(page, "Add workspace");

    // A workspace that is added opens; one that is removed takes its page with it.
    await press("Add workspace");
    await press("Add Laboratory");
    await page.getByRole("heading", { name: "Laboratory" }).first().waitFor();
    await is(page, "Add workspace");
    await press("Remove from the sync list…");
    await dialog.locator(".note").waitFor();
    await press("Remove");
    await page.getByRole("link", { name: /^Instance/, current: "page" }).waitFor();
    await is(page, "Group sync");

    // What is pinned and unpinned.
    await keyboard.press("l");
    await is(page, "Live preview");
    await reach(page, "Pin a person");
    await keyboard.insertText("mara");
    await page.getByRole("option", { name: /Mara/ }).waitFor();
    await keyboard.press("Enter");
    await reach(page, "Pin a person");
    await keyboard.press("l");
    await press("Unpin Mara Marketing");
    await is(page, "Live preview");

    // What is discarded, and brought back.
    await keyboard.press("m");
    await is(page, "Group mapping");
    await keyboard.press("Control+Home");
    await keyboard.insertText("Staff -> sales\n");
    await keyboard.press("Escape");
    await press("Discard");
    await page.getByText("Your changes are discarded.").first().waitFor();
    await is(page, "Undo discarding");
    await keyboard.press("Enter");
    await page.getByText("1 unsaved change").first().waitFor();
    await is(page, /unsaved change/);

    // Another view, and what is saved there.
    await press("Review and save");
    await page.getByRole("heading", { name: "Review and save", level: 1 }).waitFor();
    await is(page, "main");
    await page.getByRole("button", { name: "Save", exact: true, disabled: false }).waitFor();
    await press("Save");
    await page.getByRole("heading", { name: /^Saved as version/ }).waitFor();
    await is(page, /^Saved as version/);

    // An item of a list, and the way back.
    await press("Activity");
    await page.getByRole("link", { name: /Mo Malformed/ }).waitFor();
    await is(page, "main");
    await press(/Mo Malformed/);
    await page.getByRole("link", { name: /All logins/ }).waitFor();
    await is(page, "Mo Malformed");
    await press(/All logins/);
    await page.getByRole("link", { name: /Mo Malformed/ }).waitFor();
    await is(page, "Activity");
    await press("History");
    await press(/^Version 2/);
    await page.getByRole("heading", { name: "Version 2", level: 1 }).waitFor();
    await is(page, "Version 2");
    await press(/All versions/);
    await page.getByRole("link", { name: /^Version 2/ }).waitFor();
    await is(page, "History");

    // A guarantee that is removed.
    await press("Scenarios");
    await press("Add a scenario");
    await is(page, "Add a scenario");
    await press(/^Remove/);
    await is(page, "Guarantees");
  }));

test("who clicks beside everything is left alone", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.claimName.focus();
    await page.mouse.click(700, 4);
    await page.waitForTimeout(200);
    assert.equal(await focused(page), null);
  }));
