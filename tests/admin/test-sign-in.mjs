// What the identity provider really sends, seen without anybody being signed in.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, withDemo, withServer } from "./support/admin-page.mjs";

test("a test sign-in shows the claims and what they come to, under what is not saved yet, and changes nothing", () =>
  withServer(async (admin, { server }) => {
    const { page } = admin;
    const audited = async () => (await admin.api("/audit")).entries.length;
    const before = await audited();
    await admin.write("Marketing Team -> sales");
    await admin.goTo("Preview");
    await page
      .getByRole("button", { name: "Test sign-in" })
      .or(page.getByRole("link", { name: "Test sign-in" }))
      .click();
    await page.getByRole("button", { name: "Mara Marketing" }).click();

    await page.getByText("This is what the identity provider says. Nobody was signed in.").waitFor();
    assert.equal(page.url(), `${server.address}/admin/#/preview`);
    const claims = page.locator("preview-view claims-input textarea");
    await eventually(async () =>
      assert.deepEqual(JSON.parse(await claims.inputValue()).groups, ["Marketing Team", "sales-team"]),
    );
    await page.getByRole("textbox", { name: "Claims of the test sign-in, to edit and try" }).waitFor();
    await page.locator("plan-card").filter({ hasText: "sales" }).first().waitFor();
    assert.equal(await audited(), before);

    // It is gone on with as with any token.
    await claims.fill('{ "sub": "mara", "groups": [] }');
    await page.reload();
    await eventually(async () => assert.deepEqual(JSON.parse(await claims.inputValue()).groups, []));
  }));

test("where there is no identity provider there is nothing to test", () =>
  withDemo(async (admin) => {
    await admin.goTo("Preview");
    await admin.page.getByText("Who signs in").waitFor();
    assert.equal(await admin.page.getByText("Test sign-in").count(), 0);
  }));
