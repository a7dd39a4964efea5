// Texts with errors: whatever is shown meanwhile says what it goes by, and nothing is shown of a text that stands nowhere any more.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, withDemo, withServer } from "./support/admin-page.mjs";

test("a mapping with errors decides nothing: the preview says so, and goes by the saved one, with its lines named as such", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      await admin.write("sales-team -> marketing");
      await admin.expectChanges("The mapping for the instance is changed.");
      await page.keyboard.press("Enter");
      await page.keyboard.type("foo");
      await page.keyboard.press("Escape");
      await eventually(async () => assert.equal((await admin.changes()).length, 1, "one edit is one change"));
      await page.keyboard.press("Control+Home");
      await page.keyboard.press("Shift+ArrowDown");
      await page.keyboard.press("Delete");
      assert.equal(await admin.text(), "foo");
      await eventually(async () => assert.match((await admin.changes()).join(), /^needs fixing The mapping for the/));

      await admin.goTo("Preview");
      await page.getByRole("combobox", { name: "A known person" }).fill("mara");
      await page.getByRole("option", { name: /Mara Marketing/ }).click();
      await page.getByText("Mara Marketing can sign in.").waitFor();
      const shown = page.locator("preview-view");
      await shown.getByText(/The mapping has errors.*saved one of the instance does, in Main, Directory\./).waitFor();
      const main = page.getByRole("article", { name: "Main" });
      await main.getByText("Nothing changes: stays end-user.").waitFor();
      await main.getByText("line 1 of the saved mapping: Marketing Team -> marketing").first().waitFor();
      assert.equal(await shown.getByText("sales-team -> marketing").count(), 0);
      assert.equal(
        await main.getByRole("button", { name: /line \d/ }).count(),
        0,
        "no way to a line that is not there",
      );
      // What Product has of its own is untouched by it.
      const product = page.getByRole("article", { name: "Product" });
      assert.equal(await product.getByText("of the saved mapping").count(), 0);

      await shown.getByRole("button", { name: "line 1, column 1" }).click();
      await admin.mapping.waitFor();
      assert.equal(await admin.text(), "foo");
      await admin.write("sales-team -> marketing");
      await admin.expectChanges("The mapping for the instance is changed.");
      await admin.goTo("Preview");
      await main.getByRole("button", { name: "line 1: sales-team -> marketing" }).waitFor();
      assert.equal(await shown.getByText("has errors").count(), 0);
    },
    { people: ["Mara Marketing"] },
  ));

test("a workspace's own mapping with errors leaves the others alone", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.choose("Main");
    const section = page.getByRole("region", { name: "Group mapping", exact: true });
    await section.getByRole("button", { name: "Override here" }).click();
    await admin.write("foo");
    await admin.open("preview");
    await page.getByRole("textbox", { name: /claims of somebody new/ }).fill('{ "groups": ["IT Operations"] }');
    await page.getByText(/The mapping has errors.*what Main does without it\./).waitFor();
    const main = page.getByRole("article", { name: "Main" });
    await main.getByRole("button", { name: "line 3: IT Operations -> operators" }).click();
    await page.getByRole("link", { name: /Instance/, current: "page" }).waitFor();
  }));

test("what is typed is answered in the page; until somebody else's facts are there, the answer is told as busy", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      await admin.open("preview");
      const claims = page.getByRole("textbox", { name: /claims of somebody new/ });
      const main = page.getByRole("article", { name: "Main" });
      const busy = page.locator("preview-view .stack[aria-busy]");
      await claims.fill('{ "groups": ["Sales Team"] }');
      await main.getByText("Joins sales.").waitFor();
      assert.equal(await busy.getAttribute("aria-busy"), "false");

      const held = [];
      await page.route("**/api/preview/facts", async (route) => {
        await new Promise((resolve) => held.push(resolve));
        await route.continue();
      });
      await claims.fill('{ "groups": ["Marketing Team"] }');
      await main.getByText("Joins marketing.").waitFor();
      await claims.fill('{ "groups": ["Marketing');
      await page.getByText("Choose a person, or paste claims or a JWT").waitFor();
      await claims.fill('{ "groups": ["engineers"] }');
      await main.getByText("Joins engineers.").waitFor();
      assert.equal(held.length, 0, "nobody else was asked");

      await page.getByRole("combobox", { name: "A known person" }).fill("mara");
      await page.getByRole("option", { name: /Mara Marketing/ }).click();
      await eventually(() => assert.equal(held.length, 1));
      assert.equal(await busy.getAttribute("aria-busy"), "true");
      held[0]();
      await page.getByText("Mara Marketing can sign in.").waitFor();
      assert.equal(await busy.getAttribute("aria-busy"), "false");
    },
    { people: ["Mara Marketing"] },
  ));
