// What is shown before a save, and what a save asks. Against the real server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, withServer } from "./support/admin-page.mjs";

const people = ["Ada Admin", "Ben Builder", "Eli Engineer", "Mara Marketing"];

test("the review shows exactly which groups and which people are affected", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      await page
        .getByRole("group", { name: "Do groups match by their own name?" })
        .getByRole("radio", { name: /^Never/ })
        .check();
      await admin.review();
      const rules = page.getByRole("region", { name: "What logins do differently" });
      await rules.getByRole("heading", { name: "Main" }).waitFor();
      const admins = rules
        .getByRole("region", { name: "Main" })
        .getByRole("listitem")
        .filter({ hasText: /^\s*admin\s/ });
      assert.match(flat(await admins.textContent()), /^admin loses role: admin → becomes end-user$/);

      // The last admin stays one, so these are no losses of the highest role.
      const affected = page.getByRole("list", { name: "Who is affected" }).getByRole("listitem");
      await page.getByText("3 of 4 known people would change at their next login.").waitFor();
      await page.getByText("have not signed in with single sign-on yet").waitFor();
      const texts = (await affected.allTextContents()).map(flat);
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
      await page.getByText("No people match these filters.").waitFor();

      await admin.saveReviewed();
      assert.deepEqual((await admin.api("/settings")).settings.policy, { matchByName: false });
    },
    { people },
  ));

test("choices that differ are told in words, with everybody whom no rule names", () =>
  withServer(async (admin) => {
    const { page } = admin;
    const choose = (question, answer) =>
      page.getByRole("group", { name: question }).getByRole("radio", { name: answer }).check();
    await choose("Which groups do people leave at login?", /^None/);
    await admin.review();
    const rules = page
      .getByRole("region", { name: "What logins do differently" })
      .getByRole("region", { name: "Main" });
    const texts = async () => (await rules.getByRole("listitem").allTextContents()).map(flat);
    const removal = "Which groups do people leave at login? All that they no longer have → becomes None";
    await eventually(async () => assert.deepEqual(await texts(), [removal]));
    assert.equal(await rules.getByText("Logins do the same as before.").count(), 0);

    await page.goBack();
    await choose("When no group matches", /^Refuse/);
    await admin.review();
    await eventually(async () => {
      const told = await texts();
      assert.ok(told.includes("When no group matches: Give the lowest role → becomes Refuse"), told.join("\n"));
      assert.ok(told.includes(removal));
      const other = told.filter((text) => text.startsWith("Any other group"));
      assert.match(other.join("\n"), /^Any other group such as xxx would be refused role: end-user → becomes none$/);
      assert.match(told.at(-1), /^People without groups would be refused role: end-user → becomes none$/);
    });
  }));
