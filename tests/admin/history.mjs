// The history: every version with what it changed, two of them compared, and the way back to one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, withDemo, withServer } from "./support/admin-page.mjs";

const versions = ({ page }) => page.getByRole("region", { name: "Versions" }).getByRole("listitem");
const lines = async (list) => (await list.allTextContents()).map(flat);

test("a wrong change that was saved is found in the history, and rolled back through the review", () =>
  withServer(async (admin) => {
    const { page } = admin;
    const before = await admin.api("/settings");
    const mapping = `${before.settings.mapping}\nStaff -> admin`;
    await admin.write(mapping);
    await page
      .getByRole("group", { name: "When no group" })
      .getByRole("radio", { name: /^Change nothing/ })
      .check();
    await admin.review();
    const changes = page.getByRole("region", { name: "Your changes" }).getByRole("listitem");
    await eventually(async () =>
      assert.deepEqual(await lines(changes), [
        "Added: Staff -> admin",
        "When no group matches: Give the lowest role → becomes Change nothing",
      ]),
    );
    await admin.saveReviewed();

    await admin.goTo("History");
    const wrong = page.getByRole("link", { name: /^Version 3 current Sue Super, .*Added: Staff -> admin/ });
    await wrong.waitFor();
    await page.getByRole("link", { name: /^Version 1 .*The initial settings/ }).waitFor();
    const exact = await wrong.getByRole("time").getAttribute("title");
    assert.match(exact, new RegExp(`${new Date().getFullYear()}.*:\\d\\d`));

    await page.getByRole("link", { name: /^Version 2/ }).click();
    await page.getByRole("heading", { name: "Version 2", level: 1 }).waitFor();
    await page.getByRole("link", { name: "Compare with the current version" }).click();
    await page.getByRole("heading", { name: "Version 2 → version 3 current", level: 1 }).waitFor();
    await page.getByRole("region", { name: "What changed" }).getByText("Added: Staff -> admin").waitFor();
    await page.getByText("What logins do differently").click();
    await page.locator("rule-difference").first().getByText("Staff").first().waitFor();
    await page.getByText("Both mappings as text").click();
    assert.equal(await page.getByRole("region", { name: "Instance, Version 3" }).textContent(), mapping);

    await page.getByRole("button", { name: "Restore version 2" }).click();
    await page.getByRole("heading", { name: "Review and save", level: 1 }).waitFor();
    await page.getByText("Version 2 is your draft now. It applies once you save it.").waitFor();
    await eventually(async () =>
      assert.deepEqual(await lines(changes), [
        "Removed: Staff -> admin",
        "When no group matches: Change nothing → becomes Give the lowest role",
      ]),
    );
    await admin.saveReviewed();
    const after = await admin.api("/settings");
    assert.deepEqual([after.version, after.settings], [before.version + 2, before.settings]);
    await admin.goTo("History");
    await page.getByRole("link", { name: /^Version 4 current/ }).waitFor();
    await page.getByRole("link", { name: /^Version 2/ }).click();
    await page.getByText("This version is the same as the current one.").waitFor();
  }));

test("what a version goes back to has to pass the same checks as any change", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      await admin.goTo("History");
      await page.getByRole("link", { name: /^Version 1/ }).click();
      await page.getByText("The initial settings").waitFor();
      await page.getByRole("button", { name: "Restore version 1" }).click();
      await page.getByRole("region", { name: "Your changes" }).getByText("Group sync switched off").waitFor();
      await page
        .getByRole("region", { name: "Your changes" })
        .getByText("Removed from the sync list")
        .first()
        .waitFor();
      await page.getByText("With group sync off, logins change nothing").waitFor();
      await page.getByRole("button", { name: "Back" }).click();
      await page.getByRole("heading", { name: "Version 1", level: 1 }).waitFor();
      await admin.unsaved.getByRole("button", { name: "Discard" }).click();
      assert.equal((await admin.api("/settings")).version, 2);
    },
    { people: ["Mara Marketing"] },
  ));

test("any two versions are chosen and compared, by keyboard", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.goTo("History");
    await eventually(async () => assert.equal(await versions(admin).locator("input").count(), 4));
    await page.getByText("Choose two versions to compare them.").waitFor();
    for (const version of [4, 1, 3]) {
      await page.getByRole("checkbox", { name: `Compare version ${version}` }).focus();
      await page.keyboard.press("Space");
    }
    // The one that was chosen first gives way to the third.
    assert.equal(await page.getByRole("checkbox", { name: "Compare version 4" }).isChecked(), false);
    await page.locator("history-view wa-button", { hasText: "Compare 1 and 3" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Version 1 → version 3", level: 1 }).waitFor();
    const changed = page.getByRole("region", { name: "What changed" });
    await changed.getByRole("heading", { name: "Directory" }).waitFor();
    const told = await lines(changed.getByRole("listitem"));
    assert.equal(told[0], "Group sync switched on");
    assert.ok(told.includes("Added: Platform Owners -> builder"), told.join("\n"));
    assert.ok(told.includes("Has its own claim and choices"), told.join("\n"));
    const claim = "Claim: groups → becomes ldap_groups (Each item is an LDAP name; its CN counts)";
    assert.ok(told.includes(claim), told.join("\n"));
    await page.getByRole("link", { name: "All versions" }).click();
    await page.getByRole("heading", { name: "History", level: 1 }).waitFor();
  }));

test("restoring asks before it takes the place of unsaved changes, and they can be brought back", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.write("Engineering -> developers");
    await admin.expectChanges("The mapping for the instance is changed.");
    await admin.goTo("History");
    await page.getByRole("link", { name: /^Version 3/ }).click();
    const restore = page.getByRole("button", { name: "Restore version 3" });
    await restore.click();
    await admin.dialog.getByText("You have unsaved changes.").waitFor();
    await admin.dialog.getByRole("button", { name: "Cancel" }).click();
    await admin.expectChanges("The mapping for the instance is changed.");
    await restore.click();
    await admin.dialog.getByRole("button", { name: "Replace and review" }).click();
    const changes = page.getByRole("region", { name: "Your changes" });
    await changes.getByText("Platform Owners: admin → becomes builder").waitFor();
    await page.getByRole("button", { name: "Bring my changes back" }).click();
    await changes.getByText("Removed: Platform Owners -> admin").waitFor();
    assert.equal(await page.getByText("Version 3 is your draft now.").count(), 0);
    await admin.goTo("Settings");
    await eventually(async () => assert.equal(await admin.text(), "Engineering -> developers"));
  }));

/** What the demonstration keeps, once something was written, with other versions. */
async function keepVersions(admin, change) {
  const { page } = admin;
  await admin.goTo("Preview");
  await page.getByRole("combobox", { name: "A known person" }).fill("igor");
  await page.getByRole("option", { name: /Igor Ilves/ }).click();
  await page.getByRole("button", { name: "Sign in as Igor Ilves" }).click();
  await page.getByRole("heading", { name: "Igor Ilves", level: 1 }).waitFor();
  const key = "idp-group-sync-demo";
  const kept = JSON.parse(await page.evaluate((name) => localStorage.getItem(name), key));
  const text = JSON.stringify({ ...kept, versions: change(kept.versions) });
  await page.evaluate(([name, changed]) => localStorage.setItem(name, changed), [key, text]);
  await page.reload();
  await admin.goTo("History");
}

test("as long as nothing has been saved, the history leads to the settings", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await keepVersions(admin, (kept) => kept.slice(0, 1));
    await page.getByText("Nothing has been saved yet.").waitFor();
    assert.equal(await page.getByRole("checkbox").count(), 0);
    await page.getByRole("link", { name: "Change the settings" }).click();
    await page.getByRole("heading", { name: "Group sync", level: 1 }).waitFor();
  }));

test("a version with mistakes is shown and compared, and has to be mended before it is saved", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await keepVersions(admin, (kept) => {
      const { settings } = kept[2];
      settings.mapping = "Engineering -> developers\nIT Operations => operators";
      settings.workspaces.push({ id: "gone", enabled: true });
      return kept;
    });
    await page.getByRole("link", { name: /^Version 3/ }).click();
    await page.getByRole("region", { name: "What changed" }).getByText("Removed: IT Operations -> operators").waitFor();
    await page.getByText("Both mappings as text").click();
    await page
      .getByRole("region", { name: "Instance, Version 3" })
      .locator("mark", { hasText: "IT Operations => operators" })
      .waitFor();
    await page.getByRole("button", { name: "Restore version 3" }).click();
    await page.getByText("Left out, as they no longer exist: gone.").waitFor();
    await page.getByRole("alert").getByText("Fix the errors first").waitFor();
    await page
      .getByRole("region", { name: "Your changes" })
      .getByText(/When no group matches/)
      .waitFor();
    assert.equal(await admin.save.isDisabled(), true);
    await admin.goTo("Settings");
    await eventually(async () => assert.match(await admin.text(), /IT Operations => operators/));
  }));

test("what stands otherwise than it was stored is said of the version, and once more when it is restored", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await page.route("**/api/settings/versions/1", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), mended: true } });
    });
    const told = page.getByText("Parts of version 1 are no longer allowed.");
    await admin.goTo("History");
    await page.getByRole("link", { name: /^Version 2/ }).click();
    await page.getByRole("heading", { name: "Version 2", level: 1 }).waitFor();
    assert.equal(await told.count(), 0);
    await page.getByRole("link", { name: "All versions" }).click();
    await page.getByRole("link", { name: /^Version 1/ }).click();
    await told.waitFor();
    await page.getByRole("button", { name: "Restore version 1" }).click();
    await page.getByRole("heading", { name: "Review and save", level: 1 }).waitFor();
    await told.waitFor();
  }));

test("where names are ids, versions and the live preview show what the groups are called", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    const seen = page.locator("seen-groups");
    await seen.getByText("11 groups are mapped").click();
    const group = seen.locator("seen-group").filter({ hasText: "Platform Owners" });
    await group.getByRole("button", { name: "Label" }).click();
    await group.getByRole("textbox").fill("Who runs it");
    await group.getByRole("button", { name: "Save label" }).click();
    await group.getByText("Who runs it", { exact: true }).waitFor();
    await page.getByRole("combobox", { name: "Pin a person" }).fill("ada");
    await page.getByRole("option", { name: /Ada/ }).click();
    await page.getByRole("button", { name: "Why: Ada Admin" }).click();
    await page.getByText("IdP group Who runs it (Platform Owners) grants it.").first().waitFor();
    await admin.goTo("History");
    await page.getByText("Who runs it Platform Owners: builder").first().waitFor();
    await page.getByRole("link", { name: /^Version 2/ }).click();
    await page.getByText("Added: Who runs it Platform Owners -> admin").waitFor();
  }));
