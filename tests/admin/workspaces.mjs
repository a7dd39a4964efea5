// Workspaces are made and deleted: what is lost is told first, and no default is left behind that is not there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, withDemo, withServer } from "./support/admin-page.mjs";

const list = (page) => page.getByRole("region", { name: "Workspaces", exact: true });
const namesIn = async (select) => (await select.locator("option").allTextContents()).map((text) => text.trim());

async function makeOne({ page, dialog }, name) {
  await page.getByRole("button", { name: "New workspace" }).click();
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
}

async function deleteOne({ page, dialog }, name) {
  await list(page)
    .getByRole("button", { name: `Delete… ${name}` })
    .click();
  await dialog.getByText("These are lost for good:").waitFor();
}

async function confirmName({ dialog }, name) {
  await dialog.getByRole("textbox", { name: `Type ${name} to delete it` }).fill(name);
}

/** The browser tells of every answer that asks for a confirmation. */
function forgive({ complaints }) {
  assert.deepEqual(
    complaints.splice(0).filter((text) => !text.includes("409")),
    [],
  );
}

/** Made, added, saved, and deleted again as the default workspace. */
async function comesAndGoes(admin) {
  const { page, dialog } = admin;
  await makeOne(admin, "Büro Köln");
  const id = dialog.getByRole("textbox", { name: "Id" });
  assert.equal(await id.inputValue(), "buro-koln");
  await id.fill("product");
  const create = dialog.getByRole("button", { name: "Create" });
  await create.click();
  await dialog.getByRole("alert").getByText("There is a workspace with this id already.").waitFor();
  await id.fill("cologne");
  await create.click();
  await list(page).getByRole("status").getByText("Büro Köln is created.").waitFor();
  await admin.expectChanges("Büro Köln is added to the sync list.");

  // What is unsaved may be about the very workspace.
  await list(page).getByRole("button", { name: "Delete… Product" }).click();
  await dialog.getByText("Save or discard your changes first.").waitFor();
  assert.equal(await dialog.getByRole("button", { name: "Delete" }).count(), 0);
  await page.keyboard.press("Escape");
  await admin.review();
  await admin.saveReviewed();
  await admin.goTo("Settings");

  await list(page).getByRole("button", { name: "Rename… Büro Köln" }).click();
  await dialog.getByRole("textbox", { name: "Name" }).fill("Cologne");
  await page.keyboard.press("Enter");
  await list(page).getByText("It is called Cologne now.").waitFor();

  await deleteOne(admin, "Main");
  const lost = (await dialog.getByRole("listitem").allTextContents()).map(flat);
  assert.match(lost[0], /^\d+ members?'s? roles? and groups here$/);
  const button = dialog.getByRole("button", { name: /^Delete/ });
  await confirmName(admin, "Main");
  assert.equal(await button.isDisabled(), true, "it is the default workspace");
  const successor = dialog.getByRole("combobox");
  assert.ok((await namesIn(successor)).includes("Cologne"));
  await successor.selectOption("Cologne");
  await dialog.getByRole("textbox").fill("main");
  assert.equal(await button.isDisabled(), true, "the name is another");
  await confirmName(admin, "Main");
  await button.click();
  const anyway = dialog.getByRole("button", { name: "Delete anyway" });
  const deleted = list(page).getByText("Main is deleted.");
  await anyway.or(deleted).first().waitFor();
  if (await anyway.isVisible()) await anyway.click();
  await deleted.waitFor();
  await eventually(async () => assert.equal(await dialog.count(), 0));
  await list(page).getByRole("listitem").filter({ hasText: "Cologne" }).getByText("default", { exact: true }).waitFor();
  assert.equal(await list(page).getByRole("button", { name: "Delete… Main" }).count(), 0);
  await page.reload();
  await list(page).getByRole("button", { name: "Delete… Cologne" }).waitFor();
  assert.equal(await list(page).getByRole("button", { name: "Delete… Main" }).count(), 0);
}

test("a workspace comes and goes, with its settings and the default", () =>
  withServer(
    async (admin) => {
      await comesAndGoes(admin);
      forgive(admin);
      const { settings } = await admin.api("/settings");
      const { workspaces } = await admin.api("/workspaces");
      const known = workspaces.map(({ id }) => id);
      assert.equal(settings.defaultWorkspace, "cologne");
      for (const { id } of settings.workspaces) assert.ok(known.includes(id), id);
      assert.ok(!known.includes("main"));
    },
    { people: ["Mara Marketing"] },
  ));

test("the same in the demonstration", () => withDemo(comesAndGoes));

test("whoever has come or gone since the numbers were shown is told of, and asked about anew", () =>
  withServer(async (admin) => {
    const { page, dialog } = admin;
    await page.route("**/api/workspaces/product", async (route) => {
      if (route.request().method() !== "GET") return route.continue();
      const answer = await route.fetch();
      const body = await answer.json();
      return route.fulfill({ json: { ...body, losses: { ...body.losses, members: 77 } } });
    });
    await deleteOne(admin, "Product");
    await dialog.getByText("77 members' roles and groups here").waitFor();
    await confirmName(admin, "Product");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await dialog.getByText("77 members").waitFor({ state: "detached" });
    forgive(admin);
    assert.ok((await admin.api("/workspaces")).workspaces.some(({ id }) => id === "product"));
  }));

test("one is made from the table of all workspaces too", () =>
  withServer(async (admin) => {
    const { page, dialog } = admin;
    await page.getByRole("link", { name: /^All workspaces/ }).click();
    await page.getByRole("heading", { name: "All workspaces", level: 1 }).waitFor();
    await makeOne(admin, "Tower");
    await dialog.getByRole("button", { name: "Create" }).click();
    await page.getByText("Tower is created.").waitFor();
    await page.getByRole("columnheader", { name: /^Tower/ }).waitFor();
  }));
