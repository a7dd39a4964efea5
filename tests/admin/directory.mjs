// A run over the whole directory: held when the directory is wiped, looked at, and dismissed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, withDemo, withServer } from "./support/admin-page.mjs";

/** What its page at `/accounts` is sent. */
async function atProvider(output, form) {
  const address = /http:\/\/localhost:\d+\/accounts/.exec(output)?.[0];
  assert.ok(address);
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
  assert.equal(answer.status, 303);
}

test("a wiped directory is held, the page says so everywhere until it is dismissed", () =>
  withServer(async (admin, { server }) => {
    const { page } = admin;
    const provider = (form) => atProvider(server.output(), form);
    const users = async () => (await admin.api("/users?limit=200")).users;
    const archived = async () => (await users()).filter(({ archivedBySync }) => archivedBySync).length;

    await provider({ wiped: "true" });
    await admin.goTo("Activity");
    await page.getByRole("link", { name: "Runs over whole directories" }).click();
    await page.getByRole("button", { name: "Run now" }).click();
    await page.getByText("The directory lists nobody.").waitFor();
    assert.equal((await admin.api("/reconcile-runs")).held.length, 1);
    assert.equal(await archived(), 0);
    await admin.look?.("held");

    // It is told on every view until somebody has decided.
    await admin.goTo("Settings");
    await page.getByRole("link", { name: "Look at it" }).click();
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.locator("directory-run .badge", { hasText: "dismissed" }).waitFor();
    await admin.goTo("Settings");
    await eventually(async () => assert.equal(await page.getByRole("link", { name: "Look at it" }).count(), 0));
    assert.equal(await archived(), 0);

    // Back again, there is nobody to archive.
    await provider({ wiped: "false" });
    const again = async () => {
      await page.goto(`${server.address}/admin/#/directory`);
      await page.getByRole("button", { name: "Run now" }).click();
    };
    await again();
    await page.locator("directory-run .badge", { hasText: "done" }).waitFor();
    assert.equal((await admin.api("/reconcile-runs")).runs[0].summary.archived, 0);
    await again();
    await page.locator("directory-run").getByText("nothing to do").waitFor();
  }));

test("a run after a group was renamed comes to its end", () =>
  withServer(async (admin, { server }) => {
    const { page } = admin;
    await atProvider(server.output(), { group: "operators", name: "engineers" });
    await page.goto(`${server.address}/admin/#/directory`);
    await page.getByRole("button", { name: "Run now" }).click();
    await page.locator("directory-run .badge", { hasText: "done" }).waitFor();
    assert.equal((await admin.api("/reconcile-runs")).runs[0].status, "done");
  }));

test("the demonstration has no directory, and says nothing of one", () =>
  withDemo(async (admin) => {
    await admin.goTo("Activity");
    await admin.page.getByRole("heading", { name: "Activity" }).waitFor();
    assert.equal(await admin.page.getByText("Runs over whole directories").count(), 0);
  }));
