// What is shown before a save, and what a save asks. Against the real server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, withServer } from "./support/admin-page.mjs";

const people = ["Ada Admin", "Ben Builder", "Eli Engineer", "Mara Marketing"];

test("the review shows exactly which groups and which people are affected, and losses of the admin role first", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      await page
        .getByRole("group", { name: "Do groups match by their own name?" })
        .getByRole("radio", { name: /^Never/ })
        .check();
      await admin.review();
      const rules = page.getByRole("region", { name: "What becomes of the rules" });
      await rules.getByRole("heading", { name: "Main" }).waitFor();
      const admins = rules
        .getByRole("region", { name: "Main" })
        .getByRole("listitem")
        .filter({ hasText: /^\s*admin\s/ });
      assert.match(flat(await admins.textContent()), /^admin loses role: admin → becomes end-user$/);

      const affected = page.getByRole("list", { name: "Who is affected" }).getByRole("listitem");
      await page.getByText("3 of 4 known people would have something else after their next login.").waitFor();
      await page.getByText("have not signed in with single sign-on yet").waitFor();
      const texts = (await affected.allTextContents()).map(flat);
      assert.match(texts[0], /^Ada Admin Main loses role: admin → becomes end-user − leaves developers$/);
      assert.deepEqual([...new Set(texts.map((text) => text.split(" ", 2).join(" ")))].toSorted(), [
        "Ada Admin",
        "Ben Builder",
        "Eli Engineer",
      ]);

      await page.getByRole("searchbox", { name: "Name or e-mail address" }).fill("ben");
      await eventually(async () => {
        const names = (await affected.allTextContents()).map((text) => flat(text).slice(0, 11));
        assert.deepEqual([...new Set(names)], ["Ben Builder"]);
      });
      await page.getByRole("combobox", { name: "Effect" }).selectOption("gains");
      await page.getByText("Nobody fits these filters.").waitFor();

      assert.equal(await admin.save.isDisabled(), true, "the loss of the highest role is to be confirmed by typing");
      await page.getByRole("textbox", { name: /1 person loses the role admin/ }).fill("admin");
      await admin.saveReviewed();
      assert.deepEqual((await admin.api("/settings")).settings.policy, { matchByName: false });
    },
    { people },
  ));

test("somebody else who saves first is shown beside one's own changes, which can be made to theirs", () =>
  withServer(async (admin, { session }) => {
    const { page } = admin;
    await admin.write("Sales Team -> sales\nMine -> marketing");
    await admin.review();

    const other = await session.newPage();
    await other.goto(admin.address);
    await other.evaluate(saveElsewhere, new URL("../api", admin.address).href);
    await other.close();

    await admin.save.click();
    await page.getByRole("heading", { name: "Somebody else was faster" }).waitFor();
    const theirs = page.getByRole("region", { name: "What holds now (version 3)" });
    await theirs.getByText("Laboratory").or(theirs.getByText("Theirs")).first().waitFor();
    const yours = page.getByRole("region", { name: "What you wanted" });
    await yours.getByText("Mine", { exact: true }).first().waitFor();
    await page
      .getByRole("alert")
      .getByText(/Sue Super saved the settings/)
      .waitFor();
    // The browser itself writes a line about each answer of the kind.
    assert.deepEqual(
      admin.complaints.splice(0).filter((text) => !text.includes("409")),
      [],
    );

    await page.getByRole("button", { name: "Make my changes to what holds now" }).click();
    await page.getByRole("heading", { name: "Review and save" }).waitFor();
    await admin.saveReviewed();
    const { version, settings } = await admin.api("/settings");
    assert.equal(version, 4);
    assert.equal(settings.mapping, "Sales Team -> sales\nMine -> marketing");
    assert.deepEqual(settings.policy, { removal: "synced" }, "what the other one saved is still there");
  }));

test("an admin whose session has ended is told so, keeps the changes, and can save once signed in again", () =>
  withServer(async (admin, { session, server }) => {
    const { page } = admin;
    await admin.toggle("Group Sync");
    await admin.review();
    await page
      .getByText("of 0 known people")
      .or(page.getByText("known person"))
      .or(page.getByText("Nobody of"))
      .first()
      .waitFor();
    const cookies = await session.cookies();
    await session.clearCookies();
    await admin.save.click();
    await page.getByText("You are not signed in, or no longer.").waitFor();
    admin.complaints.splice(0);
    await session.addCookies(cookies);
    await admin.save.click();
    await page.getByRole("heading", { name: "Saved as version 3" }).waitFor();
    assert.equal(server.output().includes("Error"), false);
  }));

/** Runs in a page: what another admin does meanwhile. */
async function saveElsewhere(api) {
  const { csrfToken } = await (await fetch(`${api}/me`)).json();
  const commands = [
    { type: "set-mapping", mapping: "Theirs -> marketing" },
    { type: "set-policy", policy: { removal: "synced" } },
  ];
  const headers = { "content-type": "application/json", "csrf-token": csrfToken };
  const body = JSON.stringify({ version: 2, commands });
  const answer = await fetch(`${api}/settings/save`, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(await answer.text());
}
