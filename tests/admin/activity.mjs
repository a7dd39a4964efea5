// The activity: logins as a list, found by filters and opened for why. Against the real server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, signInAs, withServer } from "./support/admin-page.mjs";

test("logins are listed newest first, found by filters, and opened for why", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      await admin.goTo("Activity");
      const list = page.getByRole("region", { name: "Logins" }).getByRole("listitem");
      const who = async () => (await list.locator(".who").allTextContents()).map(flat);
      const expectWho = (...names) => eventually(async () => assert.deepEqual(await who(), names));
      await expectWho("Sue Super", "Arne Archived", "Mo Malformed", "Eli Engineer");
      assert.match(flat(await list.nth(3).textContent()), /Main Got the role end-user\. Joined engineers\./);
      assert.match(flat(await list.nth(3).textContent()), /Product Got the role builder\. Joined developers\./);

      await page.getByRole("combobox", { name: "Outcome" }).selectOption("refused or failed");
      await expectWho("Arne Archived");
      await page.getByRole("combobox", { name: "Outcome" }).selectOption("any");
      await page.getByRole("combobox", { name: "Reason" }).selectOption("The groups in the token cannot be read.");
      await expectWho("Mo Malformed");
      await page.getByRole("combobox", { name: "Reason" }).selectOption("any");
      await page.getByRole("combobox", { name: "Person" }).fill("eli");
      await page.getByRole("option", { name: /Eli Engineer/ }).click();
      await expectWho("Eli Engineer");
      await page.getByLabel("Until").fill("2020-01-01");
      await page.getByText("No logins match these filters.").waitFor();
      await page.getByLabel("Until").fill("");
      await expectWho("Eli Engineer");

      await list.first().getByRole("link").click();
      await page.getByRole("heading", { name: "Eli Engineer", level: 1 }).waitFor();
      const product = page.getByRole("article", { name: "Product" });
      await product.getByText("Role builder: group developers requires it.").waitFor();
      await product
        .getByRole("listitem")
        .filter({ hasText: /line 2: engineers -> developers/ })
        .waitFor();
      await page.getByRole("link", { name: "All logins" }).click();
      await list.first().waitFor();
    },
    { people: ["Eli Engineer", "Mo Malformed"], refused: ["Arne Archived"] },
  ));

test("a failed sign-in is found by the number that the person was told", () =>
  withServer(async (admin, { session, server }) => {
    const { page } = admin;
    const own = await session.browser().newContext();
    const theirs = await own.newPage();
    await theirs.goto(`${server.address}/sign-in`);
    await theirs.getByLabel("E-mail address").fill("stranger@example.com");
    await theirs.getByLabel("Password").fill("not the password");
    await theirs.getByRole("button", { name: "Sign in with a password" }).click();
    await theirs.getByText("There is no account with these credentials.").waitFor();
    const [number] = (await theirs.locator("main").innerText()).match(/[0-9a-f-]{36}/) ?? [];
    await own.close();
    assert.ok(number, "a number is told");

    await admin.goTo("Activity");
    const field = page.getByRole("textbox", { name: "Reference number" });
    const list = page.getByRole("region", { name: "Logins" }).getByRole("listitem");
    await eventually(async () => assert.equal(await list.count(), 2));
    await field.fill(number);
    await field.press("Enter");
    await eventually(async () => assert.equal(await list.count(), 1));
    assert.match(flat(await list.first().textContent()), /stranger@example\.com refused There is no such account\./);
    await field.fill("00000000-0000-0000-0000-000000000000");
    await field.press("Enter");
    await page.getByText("No logins match these filters.").waitFor();
  }));

test("from the first look to a mended login: find out why, mend it, see who is affected, save, sign in, find the entry", () =>
  withServer(
    async (admin, { session, server }) => {
      const { page } = admin;
      // Why is Mara in no sales group?
      await admin.goTo("Activity");
      await page.getByRole("link", { name: /Mara Marketing/ }).click();
      await page.getByRole("article", { name: "Main" }).getByText("Close to Sales Team.").waitFor();
      // Mend it.
      await admin.goTo("Preview");
      await page.getByRole("combobox", { name: "A known person" }).fill("mara");
      await page.getByRole("option", { name: /Mara Marketing/ }).click();
      await page.getByRole("button", { name: /^Add to the mapping ?: sales-team/ }).click();
      await page.getByRole("article", { name: "Main" }).getByText("Joins sales.").waitFor();
      // See who is affected, and save.
      await admin.review();
      await page.getByText("1 of 2 known people would change at their next login.").waitFor();
      await admin.saveReviewed();
      // Sign in as Mara.
      assert.match(await signInAs(session, server, "Mara Marketing"), /sales/);
      // Find the entry.
      await page.getByRole("main").getByRole("link", { name: "Activity" }).click();
      const newest = page.getByRole("region", { name: "Logins" }).getByRole("listitem").first();
      await newest.getByText("Mara Marketing").waitFor();
      assert.match(flat(await newest.textContent()), /Main Joined sales\./);
      await newest.getByRole("link").click();
      await page.getByText("version 3").waitFor();
      await page.locator("match-list").getByText("sales-team -> sales").waitFor();
    },
    { people: ["Mara Marketing", "Eli Engineer"] },
  ));
