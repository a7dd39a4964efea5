// The mapping editor: mistakes, fixes, completion.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./open-page.mjs";

test("a mistake is underlined and explained, its fix mends it, and the outcome follows", () =>
  withPage(async (preview) => {
    const { page, mapping, problems } = preview;
    await preview.pickSample("Keycloak: group paths");
    await preview.write(mapping, "Marketing Team => marketing\nbackend -> developers");

    await preview.expectOutcome({ headline: "This mapping does not run", role: null, groups: [] });
    assert.equal(await page.locator(".cm-lintRange-error").first().textContent(), "=>");
    assert.equal(await problems.count(), 1);
    await page.getByRole("button", { name: "line 1, column 16" }).first().waitFor();
    await page.getByRole("status").getByText("1 error", { exact: true }).waitFor();

    await problems.getByRole("button", { name: "->" }).click();
    assert.equal(await preview.text(mapping), "Marketing Team -> marketing\nbackend -> developers");
    await preview.expectOutcome({ role: "builder", groups: ["marketing", "developers"] });
    assert.equal(await problems.count(), 0);
    assert.ok(await preview.hasFocus(mapping), "the focus is back in the editor");

    await page.keyboard.press("Control+z");
    assert.match(await preview.text(mapping), /=>/, "a fix is one step to undo");
  }));

test("the mapping of the documentation gives its groups", () =>
  withPage(async (preview) => {
    await preview.write(preview.mapping, "Marketing Team -> marketing, Sales Team -> sales");
    await preview.write(preview.token, '{ "groups": ["Sales Team", "Marketing Team"] }');
    await preview.expectOutcome({ role: "end-user", groups: ["marketing", "sales"] });
  }));

test("the same fixes are offered where the pointer rests on the underline", () =>
  withPage(async (preview) => {
    const { page, mapping } = preview;
    await preview.write(mapping, "Marketing Team -> marketng");
    await page.locator(".cm-lintRange-warning").first().hover();
    const tooltip = page.locator(".cm-tooltip-lint");
    await tooltip.getByRole("button", { name: /marketing/ }).click();
    assert.equal(await preview.text(mapping), "Marketing Team -> marketing");
  }));

test("groups and roles are completed as targets, the token's groups as sources", () =>
  withPage(async (preview) => {
    const { page, mapping } = preview;
    await preview.pickSample("Keycloak: group paths");
    await preview.write(mapping, "");
    // A list that is still made anew takes no choice.
    const list = page.locator(".cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)");
    const options = list.getByRole("option");

    await page.keyboard.type("Mark");
    await options.filter({ hasText: "Marketing Team" }).waitFor();
    // The editor takes no choice in the first moments of a list, lest a fast typist choose unseen.
    await page.waitForTimeout(150);
    await page.keyboard.press("Enter");
    assert.equal(await preview.text(mapping), "Marketing Team");

    await page.keyboard.type(" -> dev");
    await options.filter({ hasText: "developers" }).waitFor();
    await page.waitForTimeout(150);
    await page.keyboard.press("Enter");
    assert.equal(await preview.text(mapping), "Marketing Team -> developers");
    await preview.expectOutcome({ role: "builder", groups: ["developers"] });

    await page.keyboard.press("Enter");
    await page.keyboard.type("x -> ");
    await page.keyboard.press("Control+Space");
    await options.filter({ hasText: "end-user" }).waitFor();
  }));

test("what the engine reads is coloured, and only that", () =>
  withPage(async (preview) => {
    const { page, mapping } = preview;
    await preview.write(mapping, '# a -> b\n"a, b" -> sales\nteam-* -> *');
    await preview.expectOutcome({ headline: "No IdP group matches" });
    const texts = (kind) => page.locator(`.cm-mapping-${kind}`).allTextContents();
    assert.deepEqual(await texts("source"), ['"a, b"', "team-*"]);
    assert.deepEqual(await texts("pattern"), ["team-*"]);
    assert.deepEqual(await texts("target"), ["sales", "*"]);
    assert.deepEqual(await texts("capture"), ["*"]);
  }));
