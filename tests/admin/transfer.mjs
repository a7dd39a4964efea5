// Settings, scenarios and guarantees as one file: out of the page, and back through the review. Against the real server.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { eventually, withDemo, withServer } from "./support/admin-page.mjs";

async function exported({ page }) {
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export" }).click();
  const download = await waiting;
  assert.equal(download.suggestedFilename(), "group-sync.json");
  return JSON.parse(readFileSync(await download.path(), "utf8"));
}

async function choose({ page }, content) {
  const text = typeof content === "string" ? content : JSON.stringify(content, null, 2);
  const file = { name: "group-sync.json", mimeType: "application/json", buffer: Buffer.from(text) };
  await page.locator("settings-transfer input").setInputFiles(file);
}

test("a file that was exported and changed comes back through the review, all or nothing", () =>
  withServer(async (admin) => {
    const { page, dialog } = admin;
    const before = await admin.api("/settings");
    const file = await exported(admin);
    const { scenarios, guarantees, catalogs, ...settings } = file;
    assert.deepEqual([scenarios, guarantees], [[], []]);
    assert.deepEqual(Object.keys(catalogs).sort(), before.settings.workspaces.map(({ id }) => id).sort());
    assert.equal(settings.mapping, before.settings.mapping);

    const changed = {
      ...file,
      mapping: "Sales Team -> marketing",
      scenarios: [{ name: "Sales sells", groups: ["Sales Team"], expect: { groups: ["sales"] } }],
      guarantees: [{ name: "Nobody alone", only: { group: "marketing", groups: ["Sales Team", "marketing"] } }],
    };
    await choose(admin, changed);
    await dialog.getByText("1 change to the settings, 2 scenarios and guarantees.").waitFor();
    await dialog.getByRole("button", { name: "Review" }).click();
    await page.getByRole("heading", { name: "Review and save", level: 1 }).waitFor();
    await page.getByText("1 of 2 scenarios and guarantees hold").waitFor();
    await page.getByText("Expects Nobody alone").waitFor();
    assert.deepEqual((await admin.api("/scenarios")).instance.version, 0);
    await page.getByRole("textbox", { name: /type 1 to save anyway/ }).fill("1");
    await admin.saveReviewed();
    const after = await admin.api("/settings");
    assert.deepEqual([after.version, after.settings.mapping], [before.version + 1, "Sales Team -> marketing"]);
    const { instance } = await admin.api("/scenarios");
    assert.deepEqual([instance.scenarios, instance.guarantees], [changed.scenarios, changed.guarantees]);

    await admin.goTo("Settings");
    await choose(admin, await exported(admin));
    await dialog.getByText("0 changes to the settings, 2 scenarios and guarantees.").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
  }));

test("the mistakes of a file are told with their places, and nothing of it is taken", () =>
  withServer(async (admin) => {
    const { dialog } = admin;
    const file = await exported(admin);
    const nowhere = { id: "kitchen", enabled: true };
    const refused = [
      ["{ no JSON", /This is not JSON.*line 1 column 3/],
      [{ ...file, version: 2 }, /^version: Version 2 is not one/],
      [{ ...file, guarantees: [{ name: "x" }] }, /guarantees\[0\]: Needs only or never/],
      [{ ...file, mapping: "a -> b\nSales => sales" }, /mapping: line 2: => is not an arrow/],
      [
        { ...file, workspaces: [...file.workspaces, nowhere] },
        /workspaces\[\d\]\.id: This application has no workspace kitchen/,
      ],
    ];
    for (const [content, told] of refused) {
      await choose(admin, content);
      await dialog.getByText("Nothing was imported: 1 mistake in the file.").waitFor();
      await dialog.getByText(told).first().waitFor();
      await dialog.getByRole("button", { name: "Close" }).click();
      await eventually(async () => assert.equal(await dialog.count(), 0));
    }
    assert.equal(await admin.page.getByRole("button", { name: "Review and save" }).count(), 0);
  }));

test("the demonstration exports and imports too", () =>
  withDemo(async (admin) => {
    const { page, dialog } = admin;
    const file = await exported(admin);
    assert.ok(file.scenarios.length > 0);
    await choose(admin, { ...file, scenarios: file.scenarios.slice(1) });
    await dialog.getByRole("button", { name: "Review" }).click();
    await page.getByText(`No longer expects ${file.scenarios[0].name}`).waitFor();
    await admin.save.click();
    await page.getByRole("heading", { name: /^Saved as version/ }).waitFor();
    await admin.goTo("Settings");
    assert.deepEqual((await exported(admin)).scenarios, file.scenarios.slice(1));
  }));
