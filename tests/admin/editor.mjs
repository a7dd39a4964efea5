// The mapping's editor inside the page: what it knows of the people who sign in, and mappings of every size.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withDemo, withServer } from "./support/admin-page.mjs";

test("an entry is explained, with how many known people it touches", () =>
  withServer(
    async ({ page, mapping }) => {
      await mapping.waitFor();
      await page.locator(".cm-mapping-source", { hasText: "Marketing Team" }).hover();
      const told = page.locator(".cm-explanation");
      await told.getByText("join the group marketing").waitFor();
      await told.getByText("Affects 1 of 2 known people.").waitFor();
    },
    { people: ["Mara Marketing", "Eli Engineer"] },
  ));

test("scenarios are not called green while the mapping has a mistake", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    const strip = page.locator("scenario-strip");
    await strip.getByText("4 green, 0 red").waitFor();
    await admin.write("Engineering => developers");
    await strip.getByText("The scenarios could not run.").waitFor();
    await admin.goTo("Scenarios");
    await page.getByText("The scenarios could not run.").waitFor();
    assert.equal(await page.getByText("0 red").count(), 0);
  }));

test("an entry stands between the groups that it leads to each other, and a name that matches by itself is told as such", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.goTo("Preview");
    await page
      .getByRole("textbox", { name: /claims of somebody new/ })
      .fill('{ "groups": ["IT Operations", "marketing", "x"] }');
    const main = page.getByRole("article", { name: "Main" });
    await main.getByText("Role builder: group operators requires it.").waitFor();
    const picture = await main.locator("flow-picture").evaluate((element) => {
      const texts = (selector) =>
        [...element.shadowRoot.querySelectorAll(selector)].map((node) =>
          node.textContent.replaceAll(/\s+/g, " ").trim(),
        );
      return { from: texts(".source"), over: texts(".way"), to: texts(".target"), raised: texts(".raised").length };
    });
    assert.deepEqual(picture, {
      from: ["IT Operations", "marketing"],
      over: ["line 3: IT Operations -> operators", "same name"],
      to: ["role: builder", "operators", "marketing"],
      raised: 1,
    });
  }));

test("ten thousand entries are pasted, checked, typed into and reviewed", () =>
  withDemo(
    async (admin) => {
      const { page, mapping } = admin;
      await mapping.waitFor();
      const entries = Array.from({ length: 10_000 }, (_, index) => `Department ${index} -> developers`);
      await page.evaluate((text) => navigator.clipboard.writeText(text), entries.join("\n"));
      await mapping.focus();
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Control+v");
      await admin.expectChanges("The mapping for the instance is changed.");
      assert.equal(page.workers().length, 1, "a worker answers, so that the page is free for keys");
      await page.keyboard.type("\nSales Team => sales");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Write -> instead of =>" }).click();
      await admin.review();
      await page.getByText(/known people would change/).waitFor();
    },
    { permissions: ["clipboard-read", "clipboard-write"] },
  ));
