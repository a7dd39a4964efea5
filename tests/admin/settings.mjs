// The settings: what can be changed, what the engine refuses, and what is inherited. Against the real server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, withServer } from "./support/admin-page.mjs";

test("switching group sync off hides the settings, says that nothing changes at login, and loses nothing", () =>
  withServer(async (admin) => {
    const { page } = admin;
    const before = (await admin.api("/settings")).settings;
    await admin.toggle("Group sync");
    await page.getByText("Off: logins change no roles or groups").waitFor();
    assert.equal(await admin.claimName.count(), 0);
    await admin.expectChanges("Group sync is switched off.");
    await admin.review();
    await page
      .getByText(/^Logins no longer sync this workspace\. Members keep what they have/)
      .first()
      .waitFor();
    await admin.saveReviewed();
    assert.deepEqual((await admin.api("/settings")).settings, { ...before, enabled: false });

    await admin.goTo("Settings");
    await admin.toggle("Group sync");
    await admin.claimName.waitFor();
    assert.match(await admin.text(), /Marketing Team -> marketing/);
    await admin.toggle("Group sync");
    await admin.expectChanges();
  }));

test("the claim can be chosen among those of recent logins, and an empty name is refused with the engine's reason", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      await page.getByRole("button", { name: /ldap_groups/ }).click();
      await admin.expectChanges("The claim for the instance is ldap_groups.");
      await page.getByRole("button", { name: /^groups/ }).click();
      await admin.expectChanges();
      await admin.claimName.fill("");
      await page.getByRole("alert").filter({ hasText: /claim/ }).waitFor();
      assert.equal(await page.getByRole("button", { name: "Review and save" }).isDisabled(), true);
    },
    { people: ["Lena Ldap", "Eli Engineer"] },
  ));

test("a claim that nobody sends is told at the field, with those that may be meant to choose from", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      const told = page.locator("claim-tokens");
      await told.getByText("In 2 of 2 recent tokens.").waitFor();
      await admin.claimName.fill("Groups");
      await told.getByText("In 0 of 2 recent tokens.").waitFor();
      assert.equal(await told.locator(".note.warning").count(), 1);
      await told.getByText(/^2 of 2: .*engineers/).waitFor();
      await admin.claimName.fill("email");
      await told.getByText("Save to see how many tokens have it").waitFor();
      await admin.claimName.fill("Groups");
      await told.getByRole("button", { name: "Use groups" }).click();
      await told.getByText("In 2 of 2 recent tokens.").waitFor();
      await admin.expectChanges();

      await admin.choose("Product");
      await told.getByText("In 2 of 2 recent tokens.").waitFor();
      await admin.choose("Directory");
      await told.getByText("In 0 of 2 recent tokens.").waitFor();
    },
    { people: ["Eli Engineer", "Ben Builder"] },
  ));

test("an answer about another claim than the one in the field is never shown for it", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      const told = page.locator("claim-tokens");
      await told.getByText("In 1 of 1 recent token.").waitFor();
      const held = [];
      await page.route("**/api/claims/suggestions", async (route) => {
        await new Promise((resolve) => held.push(resolve));
        await route.continue();
      });
      await admin.claimName.fill("Groups");
      await eventually(() => assert.equal(held.length, 1));
      assert.equal(flat(await told.getByRole("status").textContent()), "", "nothing is known yet of what is typed now");
      await admin.claimName.fill("groups");
      await eventually(() => assert.equal(held.length, 2));
      held[1]();
      await told.getByText("In 1 of 1 recent token.").waitFor();
      held[0]();
      await page.waitForTimeout(200);
      assert.equal(flat(await told.getByRole("status").textContent()), "In 1 of 1 recent token.");
    },
    { people: ["Eli Engineer"] },
  ));

test("a mapping that is typed is one change however many keys it took; one with a mistake cannot be saved", () =>
  withServer(async (admin) => {
    const { page, mapping } = admin;
    await mapping.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\noperators -> developers");
    await page.keyboard.press("Escape");
    await admin.expectChanges("The mapping for the instance is changed.");

    await page.keyboard.type("\nnobody => sales");
    await page.keyboard.press("Escape");
    await page.getByText("Fix the errors first").waitFor();
    assert.equal(await page.getByRole("button", { name: "Review and save" }).isDisabled(), true);

    await page
      .getByRole("button", { name: /^Write/ })
      .or(page.getByRole("button", { name: "->" }))
      .first()
      .click();
    await admin.expectChanges("The mapping for the instance is changed.");
    await admin.review();
    await page.getByText("2 groups are treated differently.").waitFor();
    await admin.saveReviewed();
    const { settings } = await admin.api("/settings");
    assert.match(settings.mapping, /operators -> developers\nnobody -> sales$/);
  }));

test("only what was chosen is stored: a default that is chosen again is no choice", () =>
  withServer(async (admin) => {
    const { page } = admin;
    const question = page.getByRole("group", { name: "Which groups do people leave at login?" });
    assert.ok(await question.getByRole("radio", { name: /^All that they no longer have default/ }).isChecked());
    await question.getByRole("radio", { name: /^Only those that a sync gave/ }).check();
    await admin.expectChanges("The choices for the instance are changed.");
    await question.getByRole("radio", { name: /^All that they no longer have/ }).check();
    await admin.expectChanges();
    await question.getByRole("radio", { name: /^None/ }).check();
    await admin.review();
    await admin.saveReviewed();
    assert.deepEqual((await admin.api("/settings")).settings.policy, { removal: "none" });
  }));

test("a workspace inherits, overrides and inherits again", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await admin.choose("Main");
    const section = page
      .getByRole("region", { name: "Group mapping", exact: true })
      .filter({ has: page.getByRole("heading") });
    await section.getByText("Inherited", { exact: true }).waitFor();
    await section.getByRole("button", { name: "Override here" }).click();
    await section.getByText("Overridden here").waitFor();
    await admin.mapping.waitFor();
    assert.match(await admin.text(), /Marketing Team -> marketing/, "it begins with what was inherited");
    await admin.write("Sales Team -> sales");
    await admin.expectChanges("The mapping for Main is changed.");
    await section.getByRole("button", { name: "Reset to inherited" }).click();
    await section.getByText("Inherited", { exact: true }).waitFor();
    await admin.expectChanges();

    await admin.choose("Product");
    await section.getByText("Overridden here").waitFor();
    await section.getByRole("button", { name: "Reset to inherited" }).click();
    await admin.expectChanges("Product inherits the mapping of the instance.");
  }));

test("workspaces are added, switched off, made the default and removed; the engine says what is lost and what cannot be", () =>
  withServer(async (admin) => {
    const { page, dialog } = admin;
    await admin.choose("Directory");
    await page.getByRole("button", { name: "Remove from the sync list" }).click();
    await dialog.getByText(/its own settings are lost: claim/).waitFor();
    await dialog.getByRole("button", { name: "Remove" }).click();
    await admin.expectChanges("Directory is removed from the sync list.");

    await page.getByRole("button", { name: "Add workspace" }).click();
    await dialog.getByRole("searchbox", { name: "Search" }).fill("direc");
    await dialog.getByRole("button", { name: "Add Directory" }).click();
    await page.getByRole("heading", { name: "Directory" }).waitFor();

    await admin.choose("Product");
    await admin.toggle("Sync this workspace");
    await page.getByText("Off: logins change nothing in this workspace.").waitFor();
    await page.getByRole("button", { name: "Make it the default workspace" }).click();
    await page.getByRole("alert").waitFor();

    await admin.choose("Main");
    await page.getByRole("button", { name: "Remove from the sync list" }).click();
    const successor = dialog.getByRole("combobox");
    await successor.waitFor();
    assert.deepEqual(
      await successor.locator("option").allTextContents(),
      ["Choose…", "Directory"],
      "only an enabled one can follow",
    );
    assert.equal(await dialog.getByRole("button", { name: "Remove" }).count(), 0);
    await successor.selectOption("Directory");
    await dialog.getByRole("button", { name: "Remove" }).click();

    await admin.choose("Directory");
    await page.getByText("default", { exact: true }).first().waitFor();
    await page.getByRole("button", { name: "Remove from the sync list" }).click();
    await dialog.locator(".note.error").waitFor();
    assert.equal(await dialog.getByRole("button", { name: "Remove" }).count(), 0);
    await page.keyboard.press("Escape");
    const sync = page.getByRole("switch", { name: "Sync this workspace" });
    await admin.toggle("Sync this workspace");
    await page.getByRole("alert").waitFor();
    await eventually(async () => assert.equal(await sync.isChecked(), true));

    await admin.review();
    await admin.saveReviewed();
    const { settings } = await admin.api("/settings");
    assert.equal(settings.defaultWorkspace, "directory");
    assert.deepEqual(
      settings.workspaces.map(({ id, enabled, claim }) => [id, enabled, claim]),
      [
        ["product", false, undefined],
        ["directory", true, undefined],
      ],
    );
  }));
