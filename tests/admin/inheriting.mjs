// A mapping that several workspaces inherit, each with roles and groups of its own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, withServer } from "./support/admin-page.mjs";

test("an inherited mapping is checked against each workspace that inherits it, in both directions", () =>
  withServer(async (admin) => {
    const { page } = admin;
    const problems = page.locator("group-mapping-editor diagnostic-list li");
    const texts = async () => (await problems.allTextContents()).map(flat);
    // Main has marketing and sales, Directory sales and Research, Europe. Product has a mapping of its own.
    await admin.write('a -> sales\nb -> marketing\nc -> "Research, Europe"\nd -> nowhere');
    await eventually(async () => {
      const [first, second, third, ...more] = await texts();
      assert.match(first, /^marketing is not in Directory: it grants nothing there\. ?line 2, column 6/);
      assert.match(second, /^Research, Europe is not in Main: it grants nothing there\. ?line 3, column 6/);
      assert.match(third, /^nowhere is neither a role nor a group of the application/);
      assert.deepEqual(more, []);
    });
    await problems.first().getByText("Create the group there, or give that workspace a mapping of its own.").waitFor();

    await page.locator(".cm-mapping-source", { hasText: "c" }).hover();
    const told = page.locator(".cm-explanation");
    await told.getByText("join the group Research, Europe").waitFor();
    await told.getByText("In Main there is no such target").waitFor();
    await admin.mapping.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\ne -> Res");
    await page.getByRole("option", { name: /Research, Europe/ }).waitFor();
    await page.keyboard.press("Escape");
    await admin.write("b -> marketing\na -> sales");

    await admin.choose("Directory");
    const section = page.getByRole("region", { name: "Group mapping", exact: true });
    const here = section.locator("diagnostic-list li");
    await eventually(async () => assert.equal(await here.count(), 1));
    assert.match(flat(await here.first().textContent()), /marketing is not in Directory: it grants nothing there/);
    await here.getByRole("button", { name: "line 1, column 6" }).click();
    await page.getByRole("heading", { name: "Default workspace" }).waitFor();
    await admin.choose("Main");
    assert.equal(await here.count(), 0);

    // Whoever has a mapping of their own is not asked.
    await admin.choose("Directory");
    await section.getByRole("button", { name: "Override here" }).click();
    await admin.choose("Instance");
    await page.getByText("No problems").waitFor();
    await admin.choose("Directory");
    await section.getByRole("button", { name: "Reset to inherited" }).click();

    // What is shown as inherited is what is saved, and says so, while what is typed for the instance has errors.
    await admin.choose("Instance");
    await admin.write("b -> marketing\nfoo");
    await admin.choose("Directory");
    await section.getByText("This is the saved mapping: the instance's text has errors").waitFor();
    assert.match(await section.locator("pre").textContent(), /^Marketing Team -> marketing\nSales Team -> sales$/);
  }));
