// The table view: the same text, in rows.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./open-page.mjs";

/** The table in the words of its user. */
class Table {
  constructor(preview) {
    this.preview = preview;
    this.page = preview.page;
    this.element = preview.page.locator("mapping-table");
  }

  static async open(preview, text) {
    await preview.pickSample("Keycloak: group paths");
    await preview.write(preview.mapping, text);
    await preview.page.keyboard.press("Escape");
    await preview.page.getByRole("button", { name: "Table", exact: true }).click();
    await preview.page.getByRole("table", { name: "Group mapping as a table" }).waitFor();
    return new Table(preview);
  }

  field(name) {
    return this.element.locator(`input[aria-label="${name}"]`);
  }

  source(row) {
    return this.field(`IdP group, row ${row}`);
  }

  target(row) {
    return this.field(`Role or group, row ${row}`);
  }

  /** Types into a field and leaves it. */
  async type(field, text) {
    await field.fill(text);
    await field.press("Tab");
  }

  async rows() {
    const values = (locator) => locator.evaluateAll((inputs) => inputs.map((input) => input.value));
    const [sources, targets] = [
      await values(this.element.locator("input.source")),
      await values(this.element.locator("input.target")),
    ];
    return sources.slice(0, -1).map((source, row) => `${source} | ${targets[row]}`);
  }

  /** The text, as the element has it. */
  text() {
    return this.page.locator("group-mapping-editor").evaluate((editor) => editor.value);
  }
}

test("the rows are the entries, by their names, each with what is wrong about it", () =>
  withPage(async (preview) => {
    const table = await Table.open(preview, '# staff\n"CN=a,OU=b" -> sales, x -> nowhere\nokta-* -> *\nbad => y');
    assert.deepEqual(await table.rows(), ["CN=a,OU=b | sales", "x | nowhere", "okta-* | *"]);
    await table.element.getByRole("row").filter({ hasText: "nowhere is neither a role nor a group" }).waitFor();
    assert.equal(await table.field("Line 4, which cannot be read").inputValue(), "bad => y");
    await table.element.getByRole("row").filter({ hasText: "=> is not an arrow." }).waitFor();
  }));

test("an edit of a cell touches its name in the text and nothing else", () =>
  withPage(async (preview) => {
    const table = await Table.open(preview, "# staff\na->sales,  b -> sales # no comment\nc -> marketing");
    await table.type(table.target(1), "developers");
    await table.type(table.source(2), "b, EMEA");
    await table.type(table.source(3), "#c");
    assert.equal(await table.text(), '# staff\na->developers,  "b, EMEA" -> sales # no comment\n"#c" -> marketing');
    await preview.expectOutcome({ headline: "No IdP group matches" });
    for (let edits = 0; edits < 3; edits++) await table.page.getByRole("button", { name: "Undo", exact: true }).click();
    assert.equal(await table.text(), "# staff\na->sales,  b -> sales # no comment\nc -> marketing");
    assert.equal(await table.target(1).inputValue(), "sales");
  }));

test("a star is a wildcard or a star, as the box says", () =>
  withPage(async (preview) => {
    const table = await Table.open(preview, "a -> sales");
    await table.type(table.source(1), "okta-*");
    assert.equal(await table.text(), "okta-* -> sales");
    const box = table.element.getByRole("checkbox", { name: "* is any text" });
    assert.ok(await box.isChecked());
    await box.uncheck();
    assert.equal(await table.text(), '"okta-*" -> sales');
    await table.type(table.source(1), "okta-*-x");
    assert.equal(await table.text(), '"okta-*-x" -> sales', "a star that is meant as such stays one");
    await box.check();
    await table.type(table.target(1), "team-*");
    assert.equal(await table.text(), "okta-*-x -> team-*");
  }));

test("a condition is one as long as it reads as such, and a name that looks like one stays a name", () =>
  withPage(async (preview) => {
    const table = await Table.open(preview, 'a && b* -> sales\n"c && d" -> marketing');
    assert.deepEqual(await table.rows(), ["a && b* | sales", "c && d | marketing"]);
    assert.equal(await table.element.getByRole("checkbox").count(), 0, "a star in a condition is any text");
    await table.type(table.source(1), "a && !x");
    await table.type(table.source(2), "c && e");
    assert.equal(await table.text(), 'a && !x -> sales\n"c && e" -> marketing');
    await table.type(table.source(1), "a");
    assert.equal(await table.text(), 'a -> sales\n"c && e" -> marketing');
  }));

test("what no entry can have is refused with the reason, and the text stays", () =>
  withPage(async (preview) => {
    const table = await Table.open(preview, "a -> sales");
    await table.type(table.source(1), "");
    await table.element.getByRole("alert").getByText("An entry cannot use this name.").waitFor();
    await table.type(table.source(1), "a*, b");
    await table.element.getByRole("alert").getByText("A pattern cannot contain a comma").waitFor();
    await table.type(table.source(1), "a");
    await table.type(table.target(1), "team-*");
    await table.element.getByRole("alert").getByText("The IdP group and the group need one star each.").waitFor();
    assert.equal(await table.text(), "a -> sales");
    assert.equal(await table.target(1).inputValue(), "team-*", "what was typed is still there to be mended");
  }));

test("rows are added and removed, with the separators that belong to them", () =>
  withPage(async (preview) => {
    const table = await Table.open(preview, "a -> sales, b -> sales\nc -> sales");
    const remove = (name) => table.element.getByRole("button", { name }).click();
    await table.field("IdP group of a new entry").fill("Dev, EMEA");
    await table.field("IdP group of a new entry").press("Enter");
    await table.page.keyboard.type("developers");
    await table.page.keyboard.press("Enter");
    assert.equal(await table.text(), 'a -> sales, b -> sales\nc -> sales\n"Dev, EMEA" -> developers');
    assert.ok(await preview.hasFocus(table.field("IdP group of a new entry")), "ready for the next");
    await remove("Remove b → sales");
    assert.equal(await table.text(), 'a -> sales\nc -> sales\n"Dev, EMEA" -> developers');
    await remove("Remove a → sales");
    assert.equal(await table.text(), 'c -> sales\n"Dev, EMEA" -> developers');
    await remove("Remove Dev, EMEA → developers");
    await remove("Remove c → sales");
    assert.equal(await table.text(), "");
    await table.element.getByText("No entries yet.").waitFor();
  }));

test("a line that cannot be read is mended in its row", () =>
  withPage(async (preview) => {
    const table = await Table.open(preview, "a -> sales\nb => sales");
    await table.type(table.field("Line 2, which cannot be read"), "b -> sales");
    assert.equal(await table.text(), "a -> sales\nb -> sales");
    assert.deepEqual(await table.rows(), ["a | sales", "b | sales"]);
  }));

test("Enter and Alt with an arrow go from row to row, and Escape takes back what was typed", () =>
  withPage(async (preview) => {
    const table = await Table.open(preview, "a -> sales\nb -> sales\nc -> sales");
    await table.source(1).focus();
    await table.page.keyboard.press("Tab");
    await table.page.keyboard.type("developers");
    await table.page.keyboard.press("Enter");
    assert.ok(await preview.hasFocus(table.target(2)));
    assert.equal(await table.text(), "a -> developers\nb -> sales\nc -> sales");
    await table.page.keyboard.press("Alt+ArrowDown");
    assert.ok(await preview.hasFocus(table.target(3)));
    await table.page.keyboard.press("Alt+ArrowUp");
    assert.ok(await preview.hasFocus(table.target(2)));
    await table.page.keyboard.type("x");
    await table.page.keyboard.press("Escape");
    assert.equal(await table.target(2).inputValue(), "sales");
    await table.page.keyboard.press("Tab");
    assert.equal(await table.text(), "a -> developers\nb -> sales\nc -> sales");
  }));

test("the row behind a result is found, on whichever page it is", () =>
  withPage(async (preview) => {
    const entries = Array.from({ length: 120 }, (_, index) => `Team ${index} -> sales`);
    const table = await Table.open(preview, [...entries, "backend -> developers"].join("\n"));
    await table.element.getByText("Rows 1 to 50 of 121").waitFor();
    await table.page.getByRole("button", { name: "Next rows" }).click();
    await table.element.getByText("Rows 51 to 100 of 121").waitFor();
    assert.equal(await table.source(51).inputValue(), "Team 50");
    await preview.rows.filter({ hasText: "backend" }).getByRole("button").click();
    await table.element.getByText("Rows 101 to 121 of 121").waitFor();
    assert.ok(await preview.hasFocus(table.source(121)));
  }));

test("the filter finds text in either column, whatever its case", () =>
  withPage(async (preview) => {
    const table = await Table.open(preview, "Sales Team -> crm\nx -> SALES\ny -> marketing");
    await table.page.getByRole("searchbox", { name: "Filter" }).fill("sales");
    assert.deepEqual(await table.rows(), ["Sales Team | crm", "x | SALES"]);
    await table.type(table.target(2), "marketing");
    assert.equal(await table.text(), "Sales Team -> crm\nx -> marketing\ny -> marketing");
    assert.deepEqual(await table.rows(), ["Sales Team | crm"]);
    await table.page.getByRole("searchbox", { name: "Filter" }).fill("nobody");
    await table.element.getByText("No entries match.").waitFor();
  }));

test("a row that leaves the filter leaves the focus where it went, and its neighbours as they are", () =>
  withPage(async (preview) => {
    const table = await Table.open(preview, "a -> sales\nb -> sales\nc -> sales, d => e");
    await table.page.getByRole("searchbox", { name: "Filter" }).fill("sales");
    await table.source(1).focus();
    await table.page.keyboard.press("Tab");
    for (const name of ["marketing", "developers"]) {
      await table.page.keyboard.type(name);
      await table.page.keyboard.press("Enter");
    }
    assert.equal(await table.text(), "a -> marketing\nb -> developers\nc -> sales, d => e");
    assert.ok(await preview.hasFocus(table.target(1)));
    assert.deepEqual(await table.rows(), ["c | sales"]);
  }));

test("when a row is removed, the focus goes to the next, and at last to the new one", () =>
  withPage(async (preview) => {
    const table = await Table.open(preview, "a -> sales\nb -> sales");
    const remove = (name) => table.element.getByRole("button", { name }).press("Enter");
    await remove("Remove a → sales");
    assert.ok(await preview.hasFocus(table.source(1)));
    assert.deepEqual(await table.rows(), ["b | sales"]);
    await remove("Remove b → sales");
    await table.element.getByText("No entries yet.").waitFor();
    assert.ok(await preview.hasFocus(table.field("IdP group of a new entry")));
  }));

test("groups and roles are suggested for a target, the token's groups for a source", () =>
  withPage(async (preview) => {
    const table = await Table.open(preview, "a -> b");
    const suggested = () =>
      table.element.locator("datalist option").evaluateAll((all) => all.map(({ value }) => value));
    await table.target(1).fill("");
    assert.deepEqual(await suggested(), ["end-user", "builder", "admin", "marketing", "sales", "developers"]);
    await table.source(1).fill("");
    assert.deepEqual(await suggested(), ["Marketing Team", "backend", "all-staff"]);
  }));

test("two columns of a spreadsheet become rows", () =>
  withPage(async (preview) => {
    const table = await Table.open(preview, "a -> sales");
    await table.source(1).focus();
    await preview.paste("b\tsales\nc, d\tmarketing\n");
    assert.equal(await table.text(), 'a -> sales\nb -> sales\n"c, d" -> marketing');
    await table.page.getByRole("status").getByText("converted to 2 entries").waitFor();
    await table.page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    assert.equal(await table.text(), "a -> sales");
  }));
