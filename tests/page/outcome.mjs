// What the outcome says, and the way from a row back to the mapping.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./open-page.mjs";

test("choosing a row selects the entries behind it and moves the focus there", () =>
  withPage(async (preview) => {
    const { page, mapping, rows } = preview;
    await preview.write(mapping, "# staff\nops -> marketing\nops -> sales, dev -> developers");
    await preview.write(preview.token, '{ "groups": ["dev", "ops", "nobody"] }');
    await preview.expectOutcome({ role: "builder", groups: ["marketing", "sales", "developers"] });
    assert.deepEqual(
      await rows.locator(".name").evaluateAll((names) => names.map((name) => name.textContent.replace(/:.*/s, ""))),
      ["dev", "ops", "nobody"],
    );

    await rows.nth(0).click();
    assert.ok(await preview.hasFocus(mapping));
    await page.keyboard.insertText("X");
    assert.equal(await preview.text(mapping), "# staff\nops -> marketing\nops -> sales, X");
    await page.keyboard.press("Control+z");

    await rows.nth(1).getByRole("button").press("Enter");
    assert.ok(await preview.hasFocus(mapping));
    await page.keyboard.insertText("Y");
    assert.equal(await preview.text(mapping), "# staff\nY\nY, dev -> developers", "every entry of the row is selected");
    await page.keyboard.press("Control+z");

    assert.equal(await rows.nth(2).getByRole("button").count(), 0, "behind no match there is nothing to select");
  }));

test("of a token with very many groups, the first rows are shown at first", () =>
  withPage(async (preview) => {
    const groups = Array.from({ length: 10_000 }, (_, index) => `group-${index}`);
    await preview.write(preview.mapping, "group-9999 -> sales");
    await preview.write(preview.token, JSON.stringify({ groups }));
    await preview.expectOutcome({ groups: ["sales"] });
    assert.equal(await preview.rows.count(), 100);
    await preview.page.getByRole("button", { name: "Show all 10000 IdP groups" }).click();
    assert.equal(await preview.rows.count(), 10_000);
    assert.ok(await preview.hasFocus(preview.rows.nth(100)));
  }));

test("a condition that is not met says what is missing, and what is in the way", () =>
  withPage(async (preview) => {
    const { page, mapping } = preview;
    await preview.write(mapping, "# staff\nops && EU -> marketing\nops && !guests -> sales");
    await preview.write(preview.token, '{ "groups": ["ops", "guests"] }');
    await page.getByRole("heading", { name: "Conditions that are not met" }).waitFor();
    const said = page.locator("unmet-conditions li");
    assert.deepEqual(
      (await said.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, " ").trim()),
      ["Line 2 also needs EU", "Line 3 excludes, and they are in guests"],
    );
    await page.getByRole("button", { name: "Line 3 excludes" }).click();
    assert.ok(await preview.hasFocus(mapping));
    await page.keyboard.insertText("ops -> sales");
    await page.getByText("Line 3 excludes").waitFor({ state: "detached" });
    assert.equal(await said.count(), 1);
  }));

test("a row says how its group matched", () =>
  withPage(async (preview) => {
    await preview.pickSample("Auth0");
    const texts = await preview.rows.evaluateAll((rows) => rows.map((row) => row.innerText.replaceAll(/\s+/g, " ")));
    assert.match(texts[0], /by the mapping, line 1.*marketing group/);
    assert.match(texts[1], /no match, but close: support/);
    await preview.pickSample("A group named like a role");
    assert.match(await preview.rows.first().innerText(), /by its name/);
  }));

test("reasons are sentences, and the outcome is announced", () =>
  withPage(async (preview) => {
    const { page, outcome } = preview;
    await preview.pickSample("A role and a group at once");
    await outcome.getByText("IdP group admin grants this role.").waitFor();
    await page
      .getByRole("status")
      .getByText(/Role: admin\. Groups: developers\./)
      .waitFor();
    await preview.pickSample("No groups");
    await outcome.getByText("No group grants or requires a role, so it is the lowest.").waitFor();
  }));

test("a policy that refuses, and one that keeps, is told as such", () =>
  withPage(async (preview) => {
    const { page } = preview;
    await preview.write(preview.mapping, "");
    await preview.write(preview.token, '{ "groups": ["nobody"] }');
    await preview.expectOutcome({ headline: "No IdP group matches", role: "end-user" });
    await page.getByText("Claim options and choices").click();
    const answer = async (name) => {
      await page.getByRole("combobox", { name: "When nothing matches" }).click();
      const option = page.getByRole("option", { name });
      await option.click();
      // Opened again while it still closes, the list would stay closed.
      await option.waitFor({ state: "hidden" });
    };
    await answer("refuse");
    await preview.expectOutcome({ headline: "Refused", role: null });
    await answer("change nothing");
    await preview.expectOutcome({ headline: "Nothing changes", role: null });
  }));
