// Two admins at once: what both changed is merged, and only what both changed differently is asked about.

import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "../support/axe.mjs";
import { eventually, withDemo, withServer } from "./support/admin-page.mjs";

/** What everybody begins with, as version 3. */
const common = [
  { type: "set-mapping", mapping: "Ops -> admin\nCommon -> sales" },
  { type: "set-mapping", mapping: "Product -> developers", workspace: "product" },
];

test("entries of both are there, on each mapping; so is every other field that one side alone changed", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await begin(admin);
    await admin.write("Ops -> admin\nCommon -> sales\nBeta -> sales");
    await choose(page, "Do groups match by their own name?", /^Never/);
    await admin.choose("Product");
    await admin.write("Product -> developers\nBeta -> sales");
    await admin.choose("Instance");
    await admin.review();
    await saveElsewhere(admin, 3, [
      { type: "set-mapping", mapping: "Alpha -> sales\nOps -> admin" },
      { type: "set-mapping", mapping: "Alpha -> sales\nProduct -> developers", workspace: "product" },
      { type: "set-policy", policy: { removal: "synced" } },
      { type: "set-claim", claim: "roles" },
    ]);
    await admin.save.click();

    const merged = page.getByRole("region", { name: "Merged" });
    await merged.getByText(/^Sue Super saved version 4/).waitFor();
    await merged.getByText("Alpha -> sales").first().waitFor();
    await merged.getByText("Removed: Common -> sales").waitFor();
    await merged.getByText("Beta -> sales").first().waitFor();
    await merged.getByText(/Claim:[\s\S]*roles/).waitFor();
    await page.getByRole("heading", { name: "Review and save", level: 1 }).waitFor();
    await admin.saveReviewed();
    const { version, settings } = await admin.api("/settings");
    assert.equal(version, 5);
    assert.deepEqual(entriesOf(settings.mapping), ["Alpha -> sales", "Beta -> sales", "Ops -> admin"]);
    assert.deepEqual(entriesOf(settings.workspaces.find(({ id }) => id === "product").mapping), [
      "Alpha -> sales",
      "Beta -> sales",
      "Product -> developers",
    ]);
    assert.deepEqual(settings.policy, { matchByName: false, removal: "synced" });
    assert.equal(settings.claim, "roles");
    assert.equal(await merged.count(), 0);
    expectConflictsOnly(admin);
  }));

test("in which entries a workspace differs is merged entry by entry", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await begin(admin);
    await page.getByRole("link", { name: /^All workspaces/ }).click();
    await page.getByRole("checkbox", { name: "Ops -> admin in Directory" }).uncheck();
    await admin.review();
    await saveElsewhere(admin, 3, [
      { type: "set-entries", workspace: "directory", entries: { add: "Alpha -> sales", without: "Common->sales" } },
    ]);
    await admin.save.click();
    await page.getByRole("region", { name: "Merged" }).waitFor();
    await page.getByRole("heading", { name: "Review and save", level: 1 }).waitFor();
    await admin.saveReviewed();
    const { settings } = await admin.api("/settings");
    const { add, without } = settings.workspaces.find(({ id }) => id === "directory").entries;
    assert.deepEqual([add, ...entriesOf(without)], ["Alpha -> sales", "Common -> sales", "Ops -> admin"]);
    expectConflictsOnly(admin);
  }));

test("what both changed differently is asked about, one by one, in words", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await begin(admin);
    await admin.write("Ops -> builder\nCommon -> marketing\nBeta -> sales");
    await choose(page, "Which groups do people leave at login?", /^None/);
    await admin.review();
    await saveElsewhere(admin, 3, [
      { type: "set-mapping", mapping: "Ops -> sales\nCommon -> developers\nAlpha -> sales" },
      { type: "set-policy", policy: { removal: "synced" } },
    ]);
    await admin.save.click();
    await page.getByRole("heading", { name: "You both changed the same thing" }).waitFor();
    await page
      .getByRole("alert")
      .getByText(/^Sue Super saved version 4/)
      .waitFor();
    assert.deepEqual(await violations(page), []);
    const goOn = page.getByRole("button", { name: "Continue with both merged" });
    assert.equal(await goOn.isDisabled(), true);

    // The question waits while one looks around.
    await admin.goTo("Activity");
    await page.getByRole("link", { name: "Choose" }).click();

    const ops = page.getByRole("group", { name: /The entries for Ops in the mapping/ });
    await ops.getByRole("radio", { name: "Mine: Ops -> builder" }).check();
    const shared = page.getByRole("group", { name: /The entries for Common in the mapping/ });
    await shared.getByRole("radio", { name: "Theirs: Common -> developers" }).check();
    await page.getByText("1 choice to make").waitFor();
    const removal = page.getByRole("group", { name: /Which groups do people leave at login\?/ });
    await removal.getByRole("radio", { name: "Theirs: Only those that a sync gave" }).check();
    await goOn.click();
    await page.getByRole("region", { name: "Merged" }).waitFor();
    assert.deepEqual(await violations(page), []);
    await admin.saveReviewed();
    const { settings } = await admin.api("/settings");
    assert.deepEqual(entriesOf(settings.mapping), [
      "Alpha -> sales",
      "Beta -> sales",
      "Common -> developers",
      "Ops -> builder",
    ]);
    assert.deepEqual(settings.policy, { removal: "synced" });
    expectConflictsOnly(admin);
  }));

test("one's own changes can be discarded instead, and that can be undone, which asks again", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await begin(admin);
    await admin.write("Ops -> builder");
    await admin.review();
    await saveElsewhere(admin, 3, [{ type: "set-mapping", mapping: "Ops -> sales" }]);
    await admin.save.click();
    await page.getByRole("button", { name: "Discard my changes" }).click();
    await admin.expectChanges();
    await admin.unsaved.getByRole("button", { name: "Undo discarding" }).click();
    await page.getByRole("heading", { name: "You both changed the same thing" }).waitFor();
    expectConflictsOnly(admin);
  }));

test("a draft that was left is merged with what has been saved since; a text with errors is asked about as a whole", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await begin(admin);
    await admin.write("Ops -> admin\nCommon -> sales\nBeta -> sales");
    await admin.expectChanges("The mapping for the instance is changed.");
    await saveElsewhere(admin, 3, [{ type: "set-mapping", mapping: "Ops -> admin\nCommon -> sales\nAlpha -> sales" }]);
    await page.reload();
    await page.getByRole("region", { name: "Merged" }).waitFor();
    await admin.mapping.waitFor();
    assert.deepEqual(entriesOf(await admin.text()), [
      "Alpha -> sales",
      "Beta -> sales",
      "Common -> sales",
      "Ops -> admin",
    ]);

    await admin.write("unfinished ->");
    await saveElsewhere(admin, 4, [{ type: "set-mapping", mapping: "Ops -> admin" }]);
    await page.reload();
    await page.getByText(/choose which to keep/).waitFor();
    assert.equal(await admin.text(), "unfinished ->", "nothing is taken away before it was chosen");
    await page.getByRole("link", { name: "Choose" }).click();
    await page.getByRole("radio", { name: "Mine: unfinished ->" }).check();
    await page.getByRole("button", { name: "Continue with both merged" }).click();
    await admin.goTo("Settings");
    await admin.mapping.waitFor();
    assert.equal(await admin.text(), "unfinished ->");
  }));

test("workspaces that one added and the other removed are added and removed; one that was changed as well is asked about", () =>
  withServer(async (admin) => {
    const { page, dialog } = admin;
    await begin(admin);
    await admin.choose("Directory");
    await page.getByRole("button", { name: "Remove from the sync list" }).click();
    await dialog.getByRole("button", { name: "Remove" }).click();
    await admin.choose("Product");
    await admin.write("Product -> sales");
    await admin.review();
    await saveElsewhere(admin, 3, [{ type: "remove-workspace", workspace: "product", confirmed: true }]);
    await admin.save.click();
    const product = page.getByRole("group", { name: "Product in the sync list" });
    await product.getByRole("radio", { name: "Theirs: removed" }).check();
    await page.getByRole("button", { name: "Continue with both merged" }).click();
    await admin.saveReviewed();
    const { settings } = await admin.api("/settings");
    assert.deepEqual(
      settings.workspaces.map(({ id }) => id),
      ["main"],
    );
    expectConflictsOnly(admin);
  }));

test("a change that does not fit on what was saved meanwhile is told of, also if it was the only one", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await saveElsewhere(admin, 2, [{ type: "disable-workspace", workspace: "directory" }]);
    await page.reload();
    await admin.choose("Product");
    await admin.toggle("Sync this workspace");
    await admin.review();
    await saveElsewhere(admin, 3, [
      { type: "set-default-workspace", workspace: "product" },
      { type: "disable-workspace", workspace: "main" },
    ]);
    await admin.save.click();
    const leftOut = page.getByRole("region", { name: "Merged" }).getByRole("alert");
    await leftOut.getByText("These changes conflict").waitFor();
    await leftOut.getByText(/Product/).waitFor();
    await page.getByRole("heading", { name: "Nothing to save" }).waitFor();
    expectConflictsOnly(admin);
  }));

test("somebody who saves in another tab is noticed", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.mapping.waitFor();
    await admin.write(`${await admin.text()}\nNewcomers -> sales`);
    await admin.review();
    const other = await page.context().newPage();
    await other.goto(`${admin.address}#/settings`);
    await other.locator("wa-switch").filter({ hasText: "Group sync" }).click();
    await other.getByRole("button", { name: "Review and save" }).click();
    await other.getByRole("button", { name: "Save", exact: true }).click();
    await other.getByRole("heading", { name: /^Saved as version 5/ }).waitFor();
    await other.close();
    await admin.save.click();
    await page.getByRole("region", { name: "Merged" }).getByText("Group sync switched off").waitFor();
    await admin.saveReviewed();
  }));

test("scenarios of both are there; one that both changed is asked about", () =>
  withServer(async (admin) => {
    const { page } = admin;
    const scenario = (name, groups = []) => ({ name, groups, expect: {} });
    await admin.goTo("Scenarios");
    await page.getByRole("button", { name: "Add a scenario" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Mine");
    await saveScenariosElsewhere(admin, 0, [scenario("Theirs"), scenario("Shared")]);
    const save = page.getByRole("button", { name: "Save the scenarios" });
    await save.click();
    await page.getByText(/merged with yours: Theirs, Shared\.$/).waitFor();
    await save.click();
    const stored = async () => (await admin.api("/scenarios")).instance.scenarios;
    await eventually(async () =>
      assert.deepEqual(
        (await stored()).map(({ name }) => name),
        ["Theirs", "Shared", "Mine"],
      ),
    );

    await page.locator("scenario-editor summary", { hasText: "Shared" }).click();
    await page.locator("scenario-editor").filter({ hasText: "Shared" }).locator("textarea").fill("mine");
    await saveScenariosElsewhere(admin, 2, [scenario("Theirs"), scenario("Shared", ["theirs"])]);
    await save.click();
    await page
      .getByRole("group", { name: "Shared" })
      .getByRole("radio", { name: /^Mine:/ })
      .check();
    await page.getByRole("button", { name: "Continue with both merged" }).click();
    await save.click();
    await eventually(async () => assert.deepEqual(await stored(), [scenario("Theirs"), scenario("Shared", ["mine"])]));
    expectConflictsOnly(admin);
  }));

test("a guarantee that is not saved outlives a reload, and one that both changed is asked about", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await admin.goTo("Scenarios");
    await page.getByRole("button", { name: "Add a guarantee" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Shared");
    await page.getByText("Not saved yet").waitFor();
    await page.reload();
    await page.getByText("Nobody reaches admin").waitFor();
    const theirs = { name: "Shared", never: { group: "sales", groups: ["Contractors"] } };
    await saveScenariosElsewhere(admin, 0, [], [theirs]);
    await page.getByRole("button", { name: "Save the scenarios" }).click();
    await page
      .getByRole("group", { name: "Shared" })
      .getByRole("radio", { name: /^Theirs:/ })
      .check();
    await page.getByRole("button", { name: "Continue with both merged" }).click();
    await page.getByText("Nobody in Contractors reaches sales").waitFor();
    assert.equal(await page.getByRole("button", { name: "Save the scenarios" }).isDisabled(), true);
    expectConflictsOnly(admin);
  }));

async function begin(admin) {
  await saveElsewhere(admin, 2, common);
  await admin.page.reload();
  await admin.mapping.waitFor();
}

async function choose(page, question, answer) {
  await page.getByRole("group", { name: question }).getByRole("radio", { name: answer }).check();
}

const entriesOf = (mapping) =>
  mapping
    .split("\n")
    .filter((line) => line !== "")
    .sort();

/** What another admin does meanwhile. */
function saveElsewhere(admin, version, commands) {
  return sendElsewhere(admin, "POST", "settings/save", { version, commands });
}

function saveScenariosElsewhere(admin, version, scenarios, guarantees = []) {
  return sendElsewhere(admin, "PUT", "scenarios/instance", { version, scenarios, guarantees });
}

async function sendElsewhere({ page, address }, method, path, body) {
  await page.evaluate(
    async ({ api, method, path, body }) => {
      const { csrfToken } = await (await fetch(`${api}/me`)).json();
      const headers = { "content-type": "application/json", "csrf-token": csrfToken };
      const answer = await fetch(`${api}/${path}`, { method, headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(await answer.text());
    },
    { api: new URL("../api", address).href, method, path, body },
  );
}

/** The browser itself writes a line about each answer of the kind. */
function expectConflictsOnly(admin) {
  assert.deepEqual(
    admin.complaints.splice(0).filter((text) => !text.includes("409")),
    [],
  );
}
