// What a login would come to: of people who are known, of pasted claims, and under what is not saved yet. Against the real server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, withDemo, withServer } from "./support/admin-page.mjs";

test("a condition that is not met says what is missing, and what is in the way", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.write("Engineering && EU -> developers\nEngineering && !Contractors -> operators");
    await admin.goTo("Preview");
    await page
      .getByRole("textbox", { name: /claims of somebody new/ })
      .fill('{ "groups": ["Engineering", "Contractors"] }');
    const main = page.getByRole("article", { name: "Main" });
    await main.getByRole("heading", { name: "Conditions that are not met" }).waitFor();
    const said = await main.locator("li.unmet").allInnerTexts();
    assert.deepEqual(
      said.map((text) => flat(text)),
      [
        "line 1: Engineering && EU -> developers This also needs EU.",
        "line 2: Engineering && !Contractors -> operators They are in Contractors, which this excludes.",
      ],
    );
  }));

test("a known person is found by keyboard; the outcome is told in sentences, and a near miss is added by one click", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      await admin.goTo("Preview");
      const person = page.getByRole("combobox", { name: "A known person" });
      await person.focus();
      await page.keyboard.type("mara");
      await page.getByRole("option", { name: /Mara Marketing/ }).waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.getByText("Mara Marketing can sign in.").waitFor();

      const main = page.getByRole("article", { name: "Main" });
      await main.getByText("Nothing changes: stays end-user.").waitFor();
      await main.getByText("Keeps marketing.").waitFor();
      await main.getByText("no group grants or requires a role, so it is the lowest.").waitFor();
      const matches = main.getByRole("listitem");
      await matches.filter({ hasText: /line \d+: Marketing Team -> marketing/ }).waitFor();
      await matches.filter({ hasText: /sales-team\s+no match, but close\s+Close to\s+Sales Team/ }).waitFor();

      await main.getByRole("button", { name: /^Add to the mapping ?: sales-team/ }).click();
      await main.getByText("Joins sales.").waitFor();
      await admin.expectChanges("The mapping for the instance is changed.");

      await main.getByRole("button", { name: /sales-team -> sales/ }).click();
      await admin.mapping.waitFor();
      assert.match(await admin.text(), /Sales Team -> sales\nsales-team -> sales$/);
      await eventually(async () => assert.equal(await page.evaluate(selectedText), "sales-team -> sales"));

      await admin.goTo("Preview");
      await page.getByText("Mara Marketing can sign in.").waitFor();
    },
    { people: ["Mara Marketing"] },
  ));

test("pasted claims are somebody new; a JWT is decoded; what cannot be read is told with its place", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await admin.open("preview");
    await page.getByText("Choose a person, or paste claims or a JWT").waitFor();
    const claims = page.getByRole("textbox", { name: /claims of somebody new/ });
    await claims.fill('{ "groups": ["operators"] ');
    await page.getByText(/closing brace.*line 1, column/).waitFor();
    await claims.fill('{ "groups": ["operators"] }');
    await page.getByText("Somebody new can sign in.").waitFor();
    const main = page.getByRole("article", { name: "Main" });
    await main.getByText("Gets the role builder.").waitFor();
    await main.getByText("Role builder: group operators requires it.").waitFor();
    const product = page.getByRole("article", { name: "Product" });
    await product.getByText("Not a member, and no IdP group lets them in.").waitFor();

    const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    await claims.fill(`${encoded({ alg: "none" })}.${encoded({ groups: ["sales"] })}.`);
    await main.getByText("Joins sales.").waitFor();
    assert.deepEqual(JSON.parse(await claims.inputValue()), { groups: ["sales"] });

    await claims.fill('{ "groups": true }');
    await main.getByText("The claim cannot be read as groups.").waitFor();
  }));

test("the last admin stays one, which is told as blocked; and of somebody who never signed in nothing is known", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      await page
        .getByRole("group", { name: "Do groups match by their own name?" })
        .getByRole("radio", { name: /^Never/ })
        .check();
      await admin.goTo("Preview");
      const person = page.getByRole("combobox", { name: "A known person" });
      await person.fill("ada");
      await page.getByRole("option", { name: /Ada Admin/ }).click();
      const main = page.getByRole("article", { name: "Main" });
      await main.getByText("Not done: the role end-user. This is the last admin of the workspace.").waitFor();
      await main.getByText("Leaves developers.").waitFor();

      await person.fill("pat");
      await page.getByRole("option", { name: /Pat Password/ }).click();
      await page.getByText("This person has not signed in with single sign-on yet").waitFor();
      // The browser itself writes a line about each answer of the kind.
      assert.deepEqual(
        admin.complaints.splice(0).filter((text) => !text.includes("422")),
        [],
      );
    },
    { people: ["Ada Admin"] },
  ));

/** Runs in the page. */
function selectedText() {
  let root = document;
  while (root.activeElement?.shadowRoot) root = root.activeElement.shadowRoot;
  return (root.getSelection?.() ?? document.getSelection())?.toString();
}
