// What is shown before a save, what a save asks, and what is printed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, withDemo, withServer } from "./support/admin-page.mjs";

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

test("the review is printed as a document: whole, light, and without what is for the screen", () =>
  withDemo(
    async (admin) => {
      const { page } = admin;
      const more = Array.from({ length: 130 }, (_, at) => `Team ${at} -> sales`);
      await admin.write(["Engineering -> developers", ...more].join("\n"));
      await admin.review();
      await page.getByText(/known people would change/).waitFor();
      await page.getByRole("combobox", { name: "Effect" }).selectOption({ label: "gains (0)" });
      const lines = page.getByRole("region", { name: "Your changes" }).getByRole("listitem");
      const rules = page.getByRole("region", { name: "Main", exact: true }).getByRole("listitem");
      const people = page.getByRole("region", { name: "Who is affected" }).getByRole("listitem");
      const counts = async () => [await lines.count(), await rules.count(), await people.count()];
      const onScreen = await counts();
      assert.deepEqual(onScreen, [100, 50, 0]);

      await page.evaluate(() => {
        window.print = () => {
          globalThis.printed = (globalThis.printed ?? 0) + 1;
        };
      });
      await page.getByRole("button", { name: "Print", exact: true }).click();
      await page.waitForFunction(() => globalThis.printed === 1);
      await page.emulateMedia({ media: "print" });
      const [changes, groups, affected] = await counts();
      assert.ok(changes >= 134 && groups >= 134 && affected > 5, String([changes, groups, affected]));
      await page.getByText(/^Unsaved changes to version 4, printed by Sue Super on \d/).waitFor();
      for (const hidden of ["header", "progress", ".filters", "#save"]) {
        assert.equal(await page.locator(`admin-page ${hidden}`).first().isVisible(), false, hidden);
      }
      assert.equal(await page.locator("expectations-review").locator("input, details").count(), 0);
      await page.getByText("Marketing does not build").first().waitFor();
      await page.getByText("Engineers build").first().waitFor();
      const isDark = () => page.evaluate(() => document.documentElement.classList.contains("wa-dark"));
      assert.equal(await isDark(), false);

      await page.emulateMedia({ media: "screen" });
      await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
      await eventually(async () => assert.deepEqual(await counts(), onScreen));
      assert.equal(await isDark(), true);
      // The browser's own way to print comes to the same: what is drawn for it is there in time.
      await page.evaluate(() => {
        addEventListener("beforeprint", () =>
          queueMicrotask(() =>
            queueMicrotask(() => {
              globalThis.begun = true;
            }),
          ),
        );
      });
      assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
      assert.equal(await page.evaluate(() => globalThis.begun), true);
    },
    { colorScheme: "dark" },
  ));

test("a language that is chosen on the page reaches every part of the review", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.write("Engineering -> developers");
    await admin.review();
    await page.getByText(/known people would change/).waitFor();
    const rules = page.locator("rule-difference").first();
    await rules.getByText("loses", { exact: true }).first().waitFor();
    await page.getByRole("combobox", { name: "Language" }).selectOption("de");
    await rules.getByText("verliert", { exact: true }).first().waitFor();
    assert.equal(await rules.getByText("loses", { exact: true }).count(), 0);
  }));
