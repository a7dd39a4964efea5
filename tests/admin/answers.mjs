// Answers that never come, or that something between the page and the server gave.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, withServer } from "./support/admin-page.mjs";

const ofAProxy = { status: 200, contentType: "text/html", body: "<p>Sign in to the network first</p>" };

test("where the answer to a save is lost, nothing says that it was not saved, and saving again settles it", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await admin.write("Ops -> admin");
    await admin.review();
    await eventually(async () => assert.equal(await admin.save.isDisabled(), false));
    await page.route("**/api/settings/save", (route) => route.fulfill(ofAProxy));
    await admin.save.click();
    const unknown = page.getByText("This may have been saved. Save again to find out.");
    await unknown.waitFor();
    await page.unroute("**/api/settings/save");

    await page.route("**/api/settings/save", async (route) => {
      await route.fetch();
      await route.abort();
    });
    await admin.save.click();
    await eventually(async () => assert.equal((await admin.api("/settings")).settings.mapping, "Ops -> admin"));
    await unknown.waitFor();
    assert.equal(await page.getByText("Not saved.").count(), 0);
    await page.unroute("**/api/settings/save");
    await admin.save.click();
    await page.getByRole("heading", { name: "Nothing to save" }).waitFor();
    assert.equal((await admin.api("/settings")).version, 3);
    admin.complaints.splice(0);
  }));

test("an answer that is not the server's leaves nobody waiting", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await page.route("**/api/claims/labels", (route) => route.fulfill(ofAProxy));
    await page.reload();
    await page.getByText("The server cannot be reached.").waitFor();
    await page.unroute("**/api/claims/labels");
    await page.getByRole("button", { name: "Try again" }).click();
    await admin.mapping.waitFor();
  }));
