// `<group-sync-settings>` of the packed package, in the application of docs/elements.md.

import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { run, tool } from "../package/support/project.mjs";
import { policyOfGuide } from "./support/guide.mjs";
import { application, people, SettingsPage, withSettings, workspaces } from "./support/settings.mjs";

let folder;

before(async () => {
  folder = await application();
});

const mapping = "Marketing Team -> marketing\nSales Team -> sales";

test("the application compiles, with the declarations of every package checked", async () => {
  await run(tool("tsc"), ["--project", folder], folder);
});

test("from off to saved: switched on, a mapping typed, checked and reviewed", (t) =>
  withSettings(t, folder, async (settings, { store }) => {
    const { page, element } = settings;
    await page.evaluate(() => {
      window.heard = [];
      for (const name of ["unsaved-change", "settings-save"]) {
        document.addEventListener(name, ({ type, detail }) => window.heard.push({ type, ...detail }));
      }
    });
    await settings.switchOn();
    await element.getByText("In 2 of 2 recent tokens.").waitFor();
    await settings.write("Marketing Team => marketing");
    await element.getByText("1 error").waitFor();
    assert.equal(await element.getByRole("button", { name: "Review and save" }).isDisabled(), true);
    await settings.write(mapping);
    await settings.review();
    await element.getByText("2 of 2 known people would change at their next login.").waitFor();
    await element.getByRole("listitem").filter({ hasText: "Ada Lovelace" }).getByText("marketing").waitFor();
    await settings.press("Save");
    await element.getByRole("heading", { name: "Saved as version 2" }).waitFor();
    const { version, settings: saved, changedBy } = store.settings();
    assert.deepEqual([version, saved.enabled, saved.mapping, changedBy], [2, true, mapping, "Mara"]);
    assert.deepEqual(await page.evaluate(() => window.heard), [
      { type: "unsaved-change", unsaved: true },
      { type: "settings-save", version: 2 },
      { type: "unsaved-change", unsaved: false },
    ]);
    assert.equal(new URL(page.url()).hash, "");
  }));

test("groups that people have are listed and mapped by a press, and nothing is said that the application does not tell", (t) =>
  withSettings(t, folder, async (settings) => {
    const { element } = settings;
    await settings.switchOn();
    await element.getByRole("heading", { name: "Groups seen in logins" }).waitFor();
    const seen = element.locator("group-sync-seen-groups");
    await seen.getByText("3 groups do nothing yet").waitFor();
    const row = seen.locator("group-sync-seen-group").filter({ hasText: "Marketing Team" });
    await row.getByText("1 person", { exact: true }).waitFor();
    assert.equal(await seen.getByRole("button", { name: /label/i }).count(), 0);
    await row.getByRole("button", { name: "Map to marketing" }).click();
    await settings.review();
    await element.getByText("Added: Marketing Team -> marketing").waitFor();
  }));

test("workspaces are added, have a mapping of their own, and the address stays the application's", (t) =>
  withSettings(t, folder, async (settings, { store }) => {
    const { page, element } = settings;
    await settings.switchOn();
    await settings.press("Add workspace");
    await element.getByRole("button", { name: "Add Laboratory" }).click();
    await element.getByRole("heading", { name: "Laboratory" }).waitFor();
    await element.getByRole("button", { name: /^Override here.*Group mapping$/ }).click();
    await settings.write("Scientists -> researchers");
    await element.getByRole("link", { name: /^Instance/ }).click();
    await element.getByRole("heading", { name: "Default workspace" }).waitFor();
    await settings.review();
    await settings.press("Save");
    await element.getByRole("heading", { name: "Saved as version 2" }).waitFor();
    const own = store.settings().settings.workspaces.find(({ id }) => id === "lab");
    assert.equal(own.mapping, "Scientists -> researchers");
    await element.getByRole("link", { name: "Settings" }).click();
    await settings.text.waitFor();
    assert.deepEqual([new URL(page.url()).hash, await page.evaluate(() => history.length)], ["", 2]);
  }));

test("where somebody else was faster, what does not meet is merged, and what does is asked", (t) =>
  withSettings(t, folder, async (settings, { store }, complaints) => {
    const { element } = settings;
    const theirs = (commands) => {
      const { version } = store.settings();
      store.save({ version, commands }, { name: "Nils", superAdmin: true });
    };
    await settings.switchOn();
    await settings.write(mapping);
    await settings.claim.fill("teams");
    theirs([{ type: "set-policy", policy: { removal: "synced" } }]);
    await settings.review();
    await settings.press("Save");
    await element.getByText(/^Nils saved version 2/).waitFor();
    theirs([{ type: "set-claim", claim: "roles" }]);
    await settings.press("Save");
    await element.getByRole("heading", { name: "You both changed the same thing" }).waitFor();
    await element.getByRole("radio", { name: /^Mine/ }).check();
    await settings.press("Continue with both merged");
    await settings.press("Save");
    await element.getByRole("heading", { name: "Saved as version 4" }).waitFor();
    const { settings: saved } = store.settings();
    assert.deepEqual([saved.claim, saved.mapping, saved.policy], ["teams", mapping, { removal: "synced" }]);
    assert.equal(complaints.splice(0).filter((text) => text.includes("409")).length, 2);
  }));

test("what the application's server refuses is said, and tried again", (t) =>
  withSettings(t, folder, async (settings, server, complaints) => {
    const { element } = settings;
    await settings.switchOn();
    await settings.write(mapping);
    await settings.review();
    server.failing = "the database is being moved";
    await settings.press("Save");
    await element.getByText("the database is being moved.").waitFor();
    server.failing = null;
    await settings.press("Save");
    await element.getByRole("heading", { name: "Saved as version 2" }).waitFor();
    assert.equal(complaints.splice(0).length, 1);
  }));

test("settings that cannot be had are asked for again", (t) =>
  withSettings(t, folder, async (settings, server, complaints) => {
    server.failing = "not now";
    await settings.page.reload();
    await settings.element.getByText("not now.").waitFor();
    server.failing = null;
    await settings.press("Try again");
    await settings.toggle.waitFor();
    assert.ok(complaints.splice(0).every((text) => text.includes("500")));
  }));

test("it speaks German, keeps to the policy of the guide, and answers a long mapping by the worker", (t) => {
  const policy = `default-src 'none'; style-src 'self'; ${policyOfGuide()}; connect-src 'self' data:; img-src data:`;
  return withSettings(
    t,
    folder,
    async (settings) => {
      const { page, element } = settings;
      await page.evaluate(() => document.documentElement.setAttribute("lang", "de"));
      await element.getByRole("switch").waitFor();
      await settings.switchOn();
      await element.getByRole("button", { name: "Bereich hinzufügen" }).waitFor();
      const text = element.locator("group-mapping-editor").getByRole("textbox");
      await text.focus();
      await page.keyboard.insertText(
        Array.from({ length: 3000 }, (_, index) => `Abteilung ${index} -> sales`).join("\n"),
      );
      await page.keyboard.insertText("\nx => sales");
      await element.getByText("1 Fehler").waitFor();
      assert.equal(page.workers().length, 1);
    },
    { headers: { "Content-Security-Policy": policy } },
  );
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing: ${colorScheme}`, (t) =>
    withSettings(
      t,
      folder,
      async (settings) => {
        await settings.switchOn();
        await settings.write("a => nowhere");
        await settings.element.getByText("1 error").waitFor();
        assert.deepEqual(await settings.violations(), []);
        await settings.write(mapping);
        await settings.review();
        await settings.element.getByText("2 of 2 known people").waitFor();
        assert.deepEqual(await settings.violations(), []);
      },
      { colorScheme },
    ));
}

/** A page of two elements: one that can only be looked at, and knows nobody, and one in words of the application's own. */
const two = `
import { defineSettingsMessages, type SettingsBackend } from "idp-group-sync-elements/group-sync-settings";
import { applyCommand, defaultSettings } from "idp-group-sync";

defineSettingsMessages("en", { settings: { title: "Who gets what" } });
const at = { version: 1, changedAt: new Date().toISOString() };
const run = (command: Parameters<typeof applyCommand>[1], before = defaultSettings("main")) => {
  const change = applyCommand(before, command, { superAdmin: true });
  return change.status === "applied" ? change.settings : before;
};
const shown = run({ type: "enable" }, run({ type: "set-mapping", mapping: "Shown -> sales" }));
const workspaces: SettingsBackend["workspaces"] = async () => ${JSON.stringify(workspaces)};
const people: SettingsBackend["people"] = async () => ${JSON.stringify(people)};
const backends: SettingsBackend[] = [
  { settings: async () => ({ ...at, settings: shown }), workspaces },
  { settings: async () => ({ ...at, settings: defaultSettings("main") }), workspaces, people, save: async () => { throw new Error("no"); } },
];
for (const backend of backends) {
  const element = document.createElement("group-sync-settings");
  element.backend = backend;
  document.querySelector("main")?.append(element);
}
`;

test("two of them stand in one page; one can only be looked at", async (t) => {
  const own = await application(two);
  await run(tool("tsc"), ["--project", own], own);
  await withSettings(t, own, async ({ page }) => {
    const [looked, edited] = [0, 1].map(
      (index) => new SettingsPage(page, page.locator("group-sync-settings").nth(index)),
    );
    await looked.element.getByRole("heading", { name: "Who gets what" }).waitFor();
    assert.equal(await looked.toggle.isDisabled(), true);
    await looked.element.getByText("Shown -> sales").waitFor();
    assert.equal(await looked.editor.count(), 0);
    assert.equal(await looked.element.getByText("recent tokens").count(), 0);
    for (const button of await looked.element.getByRole("button").all()) assert.equal(await button.isEnabled(), false);
    await edited.switchOn();
    await edited.element.getByText("In 2 of 2 recent tokens.").waitFor();
    await edited.write("Sales Team -> sales");
    await edited.review();
    assert.equal(await looked.element.getByText("Shown -> sales").count(), 1);
    assert.equal(await looked.element.getByText("unsaved change").count(), 0);
  });
});

test("nothing of the admin page's and of Web Awesome's names is taken", async () => {
  const { readdirSync, readFileSync } = await import("node:fs");
  const dist = join(folder, "node_modules", "idp-group-sync-elements", "dist");
  const files = readdirSync(dist, { recursive: true }).filter((file) =>
    /^(group-sync-settings|parts.*)\.js$/.test(file),
  );
  const code = files.map((file) => readFileSync(join(dist, file), "utf8")).join("\n");
  assert.doesNotMatch(code, /["'`<]wa-(?:button|icon|input|option|popup|select|spinner|switch|tag)\b(?!-)/);
});
