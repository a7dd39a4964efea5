// An instance that was never set up: what comes next is always on the page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, signInAs, withDemo, withServer } from "./support/admin-page.mjs";

/** The review stands below the steps, where it is seen. */
async function reviewInView({ page }) {
  const title = page.getByRole("heading", { name: "Review and save", level: 2 });
  await title.waitFor();
  await page.locator("first-run mapping-setting").waitFor();
  await eventually(async () => {
    const { y } = await title.boundingBox();
    assert.ok(y >= 0 && y < page.viewportSize().height, `the review begins at ${y}`);
  });
  assert.equal(new URL(page.url()).hash, "#/settings");
}

/** The demonstration offers to take the entry away by which somebody is an admin. */
async function seeLockout({ page }, person) {
  await page.getByRole("button", { name: "See a lockout before it happens" }).click();
  await page.getByRole("region", { name: "Your changes" }).getByText("Removed: Platform Owners -> admin").waitFor();
  await page.getByRole("heading", { name: /^Would lose the highest role/ }).waitFor();
  await page.locator("people-impact").getByText(person).first().waitFor();
  assert.equal(await page.getByRole("button", { name: "See a lockout before it happens" }).count(), 0);
}

test("the demonstration without a server has a lockout to see, which can be discarded", () =>
  withDemo(async (admin) => {
    await seeLockout(admin, "Amir Aziz");
    await admin.goTo("Settings");
    await admin.unsaved.getByRole("button", { name: "Discard" }).click();
    await admin.page.getByRole("button", { name: "See a lockout before it happens" }).waitFor();
  }));

const current = async ({ page }) =>
  flat(await page.locator('first-run li[aria-current="step"] h3').first().textContent());

test("an empty instance leads from the first sign-in to what is saved", () =>
  withServer(
    async (admin, { server, session }) => {
      const { page } = admin;
      const steps = page.locator("first-run");
      await steps.getByText(`${server.address}/sign-in/oidc`).waitFor();
      assert.equal(await current(admin), "Sign in once with your identity provider");
      assert.equal(await admin.mapping.count(), 0);

      await signInAs(session, server, "Mara Marketing");
      await steps.getByText("1 person has signed in.").waitFor();
      await steps.getByText("In 1 of 1 recent token.").waitFor();
      assert.equal(await current(admin), "Map the groups");

      const group = steps.locator("seen-group").filter({ hasText: "Marketing Team" });
      await group.getByRole("button", { name: "Map to marketing" }).click();
      await admin.mapping.waitFor();
      await eventually(async () => assert.equal(await admin.text(), "Marketing Team -> marketing"));
      await steps.getByText("1 of 1 person would get something at their next login.").waitFor();
      await steps
        .locator("who-gets-what li")
        .filter({ hasText: /Mara Marketing.*joins.*marketing/s })
        .waitFor();
      assert.equal(await current(admin), "See who gets what");

      await steps.getByRole("button", { name: "Switch on and review" }).click();
      await reviewInView(admin);
      await admin.saveReviewed();
      await page.locator("review-view").getByRole("link", { name: "History" }).waitFor();
      const { settings } = await admin.api("/settings");
      assert.deepEqual([settings.enabled, settings.mapping], [true, "Marketing Team -> marketing"]);
      await admin.claimName.waitFor();
      assert.equal(await steps.count(), 0);

      await admin.write("Marketing Team -> marketing\nSales Team -> sales");
      await page.getByRole("button", { name: "Review and save" }).waitFor();
      assert.equal(await page.locator("review-view").count(), 0);
    },
    { environment: { DEVELOPMENT_DATA: "empty" } },
  ));

test("the claim is picked among those of the tokens, and a mapping with a mistake says nothing of people", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await page.getByRole("button", { name: "Start with an empty instance" }).click();
    const steps = page.locator("first-run");
    await steps.getByRole("combobox", { name: "Sign somebody in" }).fill("lena");
    await page.getByRole("option", { name: /Lena/ }).click();
    await steps.getByText("1 person has signed in.").waitFor();
    assert.equal(await current(admin), "Pick the claim with the groups");
    await steps.getByRole("button", { name: /^ldap_groups/ }).click();
    await steps.locator("seen-group").filter({ hasText: "Research, Europe" }).waitFor();
    await admin.expectChanges("The claim for the instance is ldap_groups.");

    await admin.write("Research => sales");
    await admin.page.getByText("Fix the errors first").waitFor();
    assert.equal(await steps.getByText("See who gets what").count(), 1);
    await admin.write('"Research, Europe" -> sales');
    await steps.getByText("1 of 1 person would get something at their next login.").waitFor();

    // What is unsaved leads to the last step as well, and not past it.
    await admin.unsaved.getByRole("button", { name: "Switch on and review" }).click();
    await reviewInView(admin);
    await page.getByText("Group sync switched on").waitFor();

    await page.getByRole("button", { name: "Start anew" }).click();
    await admin.claimName.waitFor();
    assert.equal(await steps.count(), 0);
  }));

test("the demonstration has sign-ins of the past, scenarios, guarantees, a workspace to add, and a lockout to see", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      await page.getByText("4 green, 0 red").waitFor();
      await page
        .locator("seen-groups")
        .getByText(/groups in 12 tokens\.$/)
        .waitFor();
      await admin.mapping.waitFor();
      await page.getByRole("button", { name: "Add workspace" }).click();
      await admin.dialog.getByRole("button", { name: /^Add Laboratory/ }).waitFor();
      await page.keyboard.press("Escape");
      await admin.goTo("Activity");
      await page.getByText("Petra Platform").first().waitFor();
      await seeLockout(admin, "Petra Platform");
    },
    { environment: { DEVELOPMENT_DATA: "demonstration" } },
  ));
