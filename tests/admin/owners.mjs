// What is unsaved is its owner's alone, and what the browser keeps of it keeps nobody from the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, withDemo, withServer } from "./support/admin-page.mjs";

const INSTANCE_MAPPING = "The mapping for the instance is changed.";

test("whoever comes back after somebody who may not use the page finds the draft at once", () =>
  withServer(async (admin) => {
    const { page, dialog } = admin;
    await admin.write("Mine -> sales");
    await admin.expectChanges(INSTANCE_MAPPING);
    await asSomebodyElse(page, { superAdmin: false });
    const signedOut = { status: 401, json: { error: { code: "not-signed-in", message: "sign in first" } } };
    await page.route("**/api/audit**", (route) => route.fulfill(signedOut));
    await admin.goTo("Activity");
    await dialog.getByRole("button", { name: "Continue as Other Admin" }).click();
    await page
      .getByRole("link", { name: "Sign in" })
      .or(page.getByRole("button", { name: "Sign in" }))
      .first()
      .waitFor();
    await page.unroute("**/api/me");
    await page.unroute("**/api/audit**");
    await page.getByRole("button", { name: "Try again" }).click();
    await admin.goTo("Settings");
    await admin.mapping.waitFor();
    assert.equal(await admin.text(), "Mine -> sales");
    onlyLoading(admin);
  }));

test("what one person typed is not saved as somebody else who has signed in meanwhile", () =>
  withServer(async (admin) => {
    const { page, dialog } = admin;
    await admin.write("Ops -> admin");
    await admin.review();
    await eventually(async () => assert.equal(await admin.save.isDisabled(), false));
    await asSomebodyElse(page, {});
    await admin.save.click();
    await dialog.getByRole("heading", { name: "You are signed in as Other Admin" }).waitFor();
    assert.notEqual((await admin.api("/settings")).settings.mapping, "Ops -> admin");
    await page.unroute("**/api/me");
    await page.getByRole("heading", { name: "Saved as version 3" }).waitFor();
  }));

test("a session that ends while the page is loaded leaves nobody waiting", () =>
  withServer(async (admin) => {
    const { page } = admin;
    const signedOut = { status: 401, json: { error: { code: "not-signed-in", message: "sign in first" } } };
    await page.route("**/api/settings", (route) => route.fulfill(signedOut));
    await page.reload();
    await page.getByText("You are not signed in, or your session has ended.").waitFor();
    await page.unroute("**/api/settings");
    await page.getByRole("button", { name: "Try again" }).click();
    await admin.mapping.waitFor();
    onlyLoading(admin);
  }));

test("a draft that cannot be read keeps nobody from the page", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.mapping.waitFor();
    const first = await admin.text();
    await admin.write("Mine -> sales");
    await admin.expectChanges(INSTANCE_MAPPING);
    const drafts = () => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith("draft ")));
    await eventually(async () => assert.equal((await drafts()).length, 1));
    const [[key, draft]] = await drafts();
    const { stored, ...others } = JSON.parse(draft);
    const unreadable = [
      '{"stored":',
      "1",
      "{}",
      JSON.stringify({ ...others, stored: { ...stored, settings: { mapping: "older" } } }),
      JSON.stringify({ ...others, stored, edits: [{ type: "of-an-older-page" }] }),
      JSON.stringify({ ...others, stored, scenarios: [{ scope: null }] }),
    ];
    for (const text of unreadable) {
      await page.addInitScript(([key, text]) => localStorage.setItem(key, text), [key, text]);
      await page.reload();
      await admin.mapping.waitFor();
      assert.equal(await admin.text(), first, text);
      await admin.expectChanges();
      await admin.goTo("Scenarios");
      await page.getByRole("button", { name: "Add a scenario" }).waitFor();
      await admin.goTo("Settings");
    }
  }));

test("where the browser refuses locks, the page works, and keeps the draft", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await page.addInitScript(() => {
      LockManager.prototype.request = () => Promise.reject(new DOMException("denied", "SecurityError"));
    });
    await page.reload();
    await admin.write("Mine -> sales");
    await page.reload();
    await admin.mapping.waitFor();
    assert.equal(await admin.text(), "Mine -> sales");
  }));

test("of a token that is pasted into a scenario, the claims are kept, and never the token", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const token = `${part({ alg: "none" })}.${part({ groups: ["operators"] })}.c2lnbmF0dXJl`;
    await admin.goTo("Scenarios");
    await page.getByRole("button", { name: "Add a scenario" }).click();
    await page
      .getByRole("button", { name: /claims/i })
      .first()
      .click();
    const claims = page.getByRole("textbox", { name: /claims/i });
    // The last one is cut, and cannot be read.
    for (const text of [token, `Bearer ${token}`, token.slice(0, -30)]) {
      await claims.fill(text);
      await page.reload();
      await page.locator("scenario-editor").first().waitFor();
      const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
      assert.match(kept, /operators/);
      assert.equal(kept.includes(token.slice(0, 20)), false);
      await page.locator("scenario-editor summary").last().click();
      assert.deepEqual(JSON.parse(await claims.inputValue()), { groups: ["operators"] });
    }
  }));

/** From now on the session is another person's. */
function asSomebodyElse(page, what) {
  return page.route("**/api/me", async (route) => {
    const response = await route.fetch();
    const me = await response.json();
    await route.fulfill({ response, json: { ...me, ...what, user: { ...me.user, id: 4711, name: "Other Admin" } } });
  });
}

/** The browser itself writes a line about each answer of the kind. */
function onlyLoading(admin) {
  assert.deepEqual(
    admin.complaints.splice(0).filter((text) => !/Failed to load resource|net::ERR|dynamically imported/.test(text)),
    [],
  );
}
