// What an entry does and whom it touches, by pointer, by keyboard and by button.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./open-page.mjs";

const mapping = "Marketing Team -> marketing\nbackend -> developers, x -> nowhere\nokta-* -> *\nowners -> Admin";

/** Puts users into the editor as an application does. */
async function knowUsers({ page }, users) {
  await page.locator("group-mapping-editor").evaluate((editor, known) => {
    editor.knownUsers = known;
  }, users);
}

/** The words of the explanation that is open. */
async function explanation({ page }) {
  const text = await page.locator(".cm-explanation").first().innerText();
  return text.replaceAll(/\s+/g, " ");
}

async function open(preview) {
  await preview.pickSample("Keycloak: group paths");
  await preview.write(preview.mapping, mapping);
  await preview.page.keyboard.press("Escape");
}

test("the pointer on an entry tells what it does, and how many known people it touches", () =>
  withPage(async (preview) => {
    const { page } = preview;
    await open(preview);
    // By the engine: `developers` grants its own group by name, which is none of this entry's doing.
    await knowUsers(preview, [["backend"], ["backend", "x"], ["developers"], [], ["Backend"]]);
    await page.locator(".cm-mapping-source", { hasText: "backend" }).hover();
    await page.locator(".cm-explanation").getByText("Affects 2 of 5 known people.").waitFor();
    assert.equal(
      await explanation(preview),
      "Members of the IdP group backend join the group developers. " +
        "Somebody with this IdP group alone has the role builder and is in developers. Affects 2 of 5 known people.",
    );
  }));

test("the keyboard asks about the entry at the cursor, and closes the answer", () =>
  withPage(async (preview) => {
    const { page, mapping: text } = preview;
    await open(preview);
    await knowUsers(preview, [["okta-sales"], ["okta-"], ["sales"]]);
    const said = async (down) => {
      await page.keyboard.press("Control+Home");
      for (let line = 0; line < down; line++) await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Control+i");
      await page.locator(".cm-explanation").getByText("known people").waitFor();
      const found = await explanation(preview);
      await page.keyboard.press("Escape");
      await page.locator(".cm-explanation").waitFor({ state: "detached" });
      return found;
    };
    assert.equal(
      await said(2),
      "Members of each IdP group that matches okta-* join the group that the star names in *. Affects 2 of 3 known people.",
    );
    assert.equal(
      await said(3),
      "Members of the IdP group owners get the role Admin. " +
        "Somebody with this IdP group alone has the role admin and is in no group. 0 of 3 known people have such a group.",
    );
    assert.ok(await preview.hasFocus(text));
  }));

test("an unknown target grants nothing, and a mapping with an error does nothing", () =>
  withPage(async (preview) => {
    const { page, mapping: text } = preview;
    await open(preview);
    await page.locator(".cm-mapping-target", { hasText: "nowhere" }).hover();
    const nothing = "No role or group is called nowhere, so this entry grants nothing.";
    await page.locator(".cm-explanation").getByText(nothing).first().waitFor();
    await knowUsers(preview, [["backend"]]);
    await preview.write(text, "a -> b -> c\nbackend -> developers");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+i");
    await page.locator(".cm-explanation").getByText("The mapping has errors, so it does not run.").waitFor();
    assert.doesNotMatch(
      await explanation(preview),
      /known people/,
      "nobody is touched, and nobody is called untouched",
    );
  }));

test("a condition is told by its terms, with what groups are called, and a source that is no known group is doubtful", () =>
  withPage(async (preview) => {
    const { page, mapping: text } = preview;
    await open(preview);
    await preview.write(text, "backend && okta-* && !4f1c -> developers\nbakend -> developers");
    await page.keyboard.press("Escape");
    await page.locator("group-mapping-editor").evaluate((editor) => {
      editor.knownGroups = ["backend", { name: "4f1c", label: "Contractors" }];
    });
    await page.locator(".cm-mapping-source", { hasText: "backend" }).first().hover();
    await page.locator(".cm-explanation").getByText("join the group developers").waitFor();
    assert.equal(
      await explanation(preview),
      "Members of backend and a group like okta-*, but not of 4f1c (Contractors), join the group developers.",
    );
    await page.getByText("bakend is not one of the IdP groups that are known, so perhaps nobody has it").waitFor();
  }));

test("very many users are counted bit by bit, and none of it is lost", () =>
  withPage(async (preview) => {
    const { page } = preview;
    await open(preview);
    const users = Array.from({ length: 5000 }, (_, index) =>
      index % 10 === 0 ? ["backend", `g-${index}`] : [`g-${index}`],
    );
    await knowUsers(preview, users);
    await page.getByRole("button", { name: "Explain" }).click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Control+i");
    await page.locator(".cm-explanation").getByText("Affects 500 of 5,000 known people.").waitFor();
  }));

test("in the table, the button explains the row that had the focus", () =>
  withPage(async (preview) => {
    const { page } = preview;
    await open(preview);
    await knowUsers(preview, [["Marketing Team"]]);
    await page.getByRole("button", { name: "Table", exact: true }).click();
    await page.getByRole("combobox", { name: "IdP group, row 1" }).focus();
    await page.getByRole("button", { name: "Explain" }).click();
    const told = page
      .getByRole("status")
      .filter({ hasText: "Members of the IdP group Marketing Team join the group marketing." });
    await told.getByText("Affects 1 of 1 known person.").waitFor();
  }));
