// Nothing typed is lost: by another view, a reload, a discarding, a part of the page that cannot be loaded, or the end of a session.

import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "../support/axe.mjs";
import { eventually, signInWithPassword, superAdmin, withDemo, withServer } from "./support/admin-page.mjs";

const UNFINISHED = "sales-team -> marketing\nfoo\n-> bar";
const INSTANCE_MAPPING = "The mapping for the instance is changed.";

test("an addition from the preview leaves unfinished lines as they are, and undo goes back through all of it", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      await admin.mapping.waitFor();
      const first = await admin.text();
      await admin.mapping.focus();
      await page.keyboard.press("Control+End");
      await page.keyboard.insertText("\nfoo\n-> bar");
      await admin.goTo("Preview");
      await page.getByRole("combobox", { name: "A known person" }).fill("mara");
      await page.getByRole("option", { name: /Mara Marketing/ }).click();
      await page.getByRole("button", { name: /^Add to the mapping ?: sales-team/ }).click();
      await page.getByText("sales-team").first().waitFor();

      await admin.goTo("Settings");
      await admin.mapping.waitFor();
      assert.equal(await admin.text(), `${first}\nfoo\n-> bar\nsales-team -> sales`);
      await admin.mapping.focus();
      await page.keyboard.press("Control+z");
      assert.equal(await admin.text(), `${first}\nfoo\n-> bar`);
      await page.keyboard.press("Control+z");
      assert.equal(await admin.text(), first);
      await page.keyboard.press("Control+y");
      await page.keyboard.press("Control+y");
      assert.equal(await admin.text(), `${first}\nfoo\n-> bar\nsales-team -> sales`);
    },
    { people: ["Mara Marketing"] },
  ));

test("what is typed is there after another view, a reload and another language, with what can be undone", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.mapping.waitFor();
    const first = await admin.text();
    await admin.write(UNFINISHED);
    await admin.claimName.fill("");
    await admin.goTo("Activity");
    await admin.goTo("Settings");
    await admin.mapping.waitFor();
    assert.equal(await admin.text(), UNFINISHED);
    assert.equal(await admin.claimName.inputValue(), "");

    await page.reload();
    await page.getByText("Your unsaved changes are back.").waitFor();
    await admin.mapping.waitFor();
    assert.equal(await admin.text(), UNFINISHED);
    assert.equal(await admin.claimName.inputValue(), "");
    await page.getByRole("combobox", { name: "Language" }).selectOption("de");
    const german = page.getByRole("textbox", { name: "Gruppen-Zuordnung" }).or(admin.mapping);
    assert.equal(await admin.text(page.locator(".cm-content").or(german).first()), UNFINISHED);
    await page.getByRole("combobox", { name: "Sprache" }).selectOption("en");
    await admin.mapping.focus();
    for (let presses = 0; presses < 2; presses++) await page.keyboard.press("Control+z");
    assert.equal(await admin.text(), first);
    await page.getByRole("button", { name: "Close" }).first().click();
    assert.equal(await page.getByText("Your unsaved changes are back.").count(), 0);
  }));

test("one edit counts as one unsaved change, and what was typed on the way to a mistake holds no more", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.write("sales-team -> marketing");
    await admin.expectChanges(INSTANCE_MAPPING);
    await admin.write(UNFINISHED);
    await page.getByText("1 unsaved change", { exact: true }).first().waitFor();
    await eventually(async () => assert.equal((await admin.changes()).length, 1));
  }));

test("discarding can be undone", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.mapping.waitFor();
    const first = await admin.text();
    await admin.write(UNFINISHED);
    await page
      .getByRole("group", { name: "Do groups match by their own name?" })
      .getByRole("radio", { name: /^Never/ })
      .check();
    await admin.unsaved.getByRole("button", { name: "Discard" }).click();
    await eventually(async () => assert.equal(await admin.text(), first));
    await admin.goTo("Preview");
    await admin.unsaved.getByRole("button", { name: "Undo discarding" }).click();
    await admin.goTo("Settings");
    await admin.mapping.waitFor();
    assert.equal(await admin.text(), UNFINISHED);
    await eventually(async () => assert.equal((await admin.changes()).length, 2));
    // The editor's own undo knows of it too.
    await admin.unsaved.getByRole("button", { name: "Discard" }).click();
    await eventually(async () => assert.equal(await admin.text(), first));
    await admin.mapping.focus();
    await page.keyboard.press("Control+z");
    assert.equal(await admin.text(), UNFINISHED);
    // What was discarded for good is not there after a reload.
    await admin.unsaved.getByRole("button", { name: "Discard" }).click();
    await page.reload();
    await admin.mapping.waitFor();
    assert.equal(await admin.text(), first);
    await admin.expectChanges();
  }));

test("each mapping has a history of its own", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await admin.choose("Product");
    await admin.write("Product -> developers");
    await admin.choose("Main");
    const section = page.getByRole("region", { name: "Group mapping", exact: true });
    await section.getByRole("button", { name: "Override here" }).click();
    await admin.mapping.waitFor();
    const main = await admin.text();
    await admin.mapping.focus();
    await page.keyboard.press("Control+z");
    assert.equal(await admin.text(), main);
    await admin.choose("Product");
    await eventually(async () => assert.equal(await admin.text(), "Product -> developers"));
    await admin.mapping.focus();
    await page.keyboard.press("Control+z");
    await eventually(async () => assert.notEqual(await admin.text(), "Product -> developers"));
  }));

test("two tabs are two drafts, and a tab that is gone leaves its own to the next", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.write("First -> sales");
    const other = await page.context().newPage();
    await other.goto(admin.address);
    const mapping = other.getByRole("textbox", { name: "Group mapping" });
    await mapping.waitFor();
    assert.doesNotMatch(await admin.text(mapping), /First/);
    await mapping.focus();
    await other.keyboard.press("Control+End");
    await other.keyboard.insertText("\nSecond -> sales");
    await other.getByText("1 unsaved change", { exact: true }).first().waitFor();
    const kept = () => other.evaluate(() => JSON.stringify({ ...localStorage }));
    await eventually(async () => assert.match(await kept(), /Second -> sales/));
    await other.close({ runBeforeUnload: false });
    await page.reload();
    await admin.mapping.waitFor();
    assert.equal(await admin.text(), "First -> sales");
    const third = await page.context().newPage();
    await third.goto(admin.address);
    await eventually(async () =>
      assert.match(await admin.text(third.getByRole("textbox", { name: "Group mapping" })), /Second -> sales$/),
    );
    await third.close();
  }));

test("a draft is its owner's alone", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await admin.mapping.waitFor();
    const first = await admin.text();
    await admin.write("Mine -> sales");
    await admin.expectChanges(INSTANCE_MAPPING);
    await page.route("**/api/me", async (route) => {
      const response = await route.fetch();
      const me = await response.json();
      await route.fulfill({ response, json: { ...me, user: { ...me.user, id: 4711 } } });
    });
    await page.reload();
    await admin.mapping.waitFor();
    assert.equal(await admin.text(), first);
    await page.unroute("**/api/me");
    await page.reload();
    await admin.mapping.waitFor();
    assert.equal(await admin.text(), "Mine -> sales");
  }));

test("a browser that keeps nothing is told of, and asks before the page is left", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await page.reload();
    await admin.mapping.waitFor();
    const asked = [];
    page.on("dialog", async (dialog) => {
      asked.push(dialog.type());
      await dialog.accept();
    });
    await admin.write("Mine -> sales");
    await page.getByText("This browser cannot keep unsaved changes.").waitFor();
    await page.reload();
    assert.deepEqual(asked, ["beforeunload"]);
  }));

test("claims of a scenario that are no JSON yet outlive another view and a reload, and discarding them can be undone", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.goTo("Scenarios");
    await page.getByRole("button", { name: "Add a scenario" }).click();
    await page
      .getByRole("button", { name: "Give claims instead" })
      .or(page.getByRole("button", { name: /claims/i }))
      .first()
      .click();
    const claims = page.getByRole("textbox", { name: /claims/i });
    await claims.fill('{ "groups": [');
    const unfold = () => page.locator("scenario-editor summary").last().click();
    await admin.goTo("Activity");
    await admin.goTo("Scenarios");
    await unfold();
    assert.equal(await claims.inputValue(), '{ "groups": [');
    await page.reload();
    await unfold();
    assert.equal(await claims.inputValue(), '{ "groups": [');
    assert.equal(await page.getByRole("button", { name: "Save the scenarios" }).isDisabled(), true);
    const list = page.locator("scenario-editor");
    const many = await list.count();
    await page.getByRole("button", { name: "Discard", exact: true }).first().click();
    await eventually(async () => assert.equal(await list.count(), many - 1));
    await page.getByRole("button", { name: "Undo discarding" }).click();
    await eventually(async () => assert.equal(await list.count(), many));
  }));

test("a view that cannot be loaded says so, can be tried again, and the draft is kept", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await admin.write(UNFINISHED);
    await page.route("**/assets/preview-view-*.js", (route) => route.fulfill({ status: 404, body: "" }));
    await admin.goTo("Preview");
    await page.getByRole("alert").getByText("This part of the page could not be loaded.").waitFor();
    assert.deepEqual(await violations(page), []);
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("Still no connection (1 attempt).").waitFor();
    await page.context().setOffline(false);
    await page.unroute("**/assets/preview-view-*.js");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("combobox", { name: "A known person" }).waitFor();
    await admin.goTo("Settings");
    await admin.mapping.waitFor();
    assert.equal(await admin.text(), UNFINISHED);
    onlyLoading(admin);
  }));

test("an editor that cannot be loaded says so, and can be tried again", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await page.route("**/assets/group-mapping-editor-*.js", (route) => route.abort());
    await page.reload();
    await page.getByRole("alert").getByText("This part of the page could not be loaded.").waitFor();
    await page.unroute("**/assets/group-mapping-editor-*.js");
    await page.getByRole("button", { name: "Try again" }).click();
    await admin.mapping.waitFor();
    onlyLoading(admin);
  }));

test("a page whose own script cannot be loaded says so, in the reader's language, and can be tried again", () =>
  withDemo(
    async (admin) => {
      const { page } = admin;
      for (const files of ["**/assets/index-*.js", "**/assets/local-backend-*.js"]) {
        await page.route(files, (route) => route.abort());
        await page.reload();
        await page.getByRole("alert").getByText("Die Seite ließ sich nicht laden.").waitFor();
        await page.unroute(files);
        await page.getByRole("button", { name: "Noch einmal versuchen" }).click();
        await page.getByRole("heading", { level: 1 }).waitFor();
      }
      admin.complaints.splice(0);
    },
    { serviceWorkers: "block", locale: "de-DE" },
  ));

test("claims that are tried out outlive a reload, and not the tab", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.goTo("Preview");
    const claims = (tab) => tab.getByRole("textbox", { name: /claims of somebody new/ });
    await claims(page).fill('{ "groups": ["operators"');
    await page.reload();
    assert.equal(await claims(page).inputValue(), '{ "groups": ["operators"');
    const other = await page.context().newPage();
    await other.goto(`${admin.address}#/preview`);
    assert.equal(await claims(other).inputValue(), "");
    await other.close();
  }));

test("whoever is no longer signed in signs in in another tab, and what was asked for goes on", () =>
  withServer(async (admin, { session, server }) => {
    const { page, dialog } = admin;
    await admin.write("Ops -> admin");
    await admin.review();
    await page
      .getByText(/known (person|people)/)
      .first()
      .waitFor();
    await eventually(async () => assert.equal(await admin.save.isEnabled(), true));
    await session.clearCookies();
    await admin.save.click();
    await dialog.getByText("Sign in in the tab that opens").waitFor();
    assert.deepEqual(await violations(page), []);
    await dialog.getByRole("button", { name: "Not now" }).click();
    await page.getByText("You are not signed in, or your session has ended.").waitFor();

    await admin.save.click();
    const opened = page.waitForEvent("popup");
    await dialog.getByRole("link", { name: "Sign in" }).click();
    const tab = await opened;
    await signInWithPassword(tab, server, superAdmin);
    await tab.close();
    await page.bringToFront();
    await page.getByRole("heading", { name: "Saved as version 3" }).waitFor();
    assert.equal((await admin.api("/settings")).settings.mapping, "Ops -> admin");
    onlyLoading(admin);
  }));

test("if somebody else signs in, the draft is kept for its owner", () =>
  withServer(async (admin, { session, server }) => {
    const { page, dialog } = admin;
    await admin.mapping.waitFor();
    const first = await admin.text();
    await admin.write("Mine -> sales");
    await session.clearCookies();
    await admin.goTo("Activity");
    await dialog.getByText("Sign in in the tab that opens").waitFor();
    await page.route("**/api/me", async (route) => {
      const response = await route.fetch();
      const me = await response.json();
      await route.fulfill({
        response,
        json: me.user ? { ...me, user: { ...me.user, id: 4711, name: "Other Admin" } } : me,
      });
    });
    const tab = await session.newPage();
    await signInWithPassword(tab, server, superAdmin);
    await tab.close();
    await page.getByRole("heading", { name: "You are signed in as Other Admin" }).waitFor();
    await dialog.getByRole("button", { name: "Continue as Other Admin" }).click();
    await page.getByRole("heading", { name: "Activity", level: 1 }).waitFor();
    await admin.goTo("Settings");
    await admin.mapping.waitFor();
    assert.equal(await admin.text(), first);
    await page.unroute("**/api/me");
    await page.reload();
    await admin.mapping.waitFor();
    assert.equal(await admin.text(), "Mine -> sales");
    onlyLoading(admin);
  }));

/** The browser itself writes a line about each answer of the kind. */
function onlyLoading(admin) {
  assert.deepEqual(
    admin.complaints.splice(0).filter((text) => !/Failed to load resource|net::ERR|dynamically imported/.test(text)),
    [],
  );
}
