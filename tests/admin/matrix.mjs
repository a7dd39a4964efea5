// Every entry against every workspace: what holds where, what is missing, and what one person gets.

import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "../support/axe.mjs";
import { eventually, flat, withDemo, withServer } from "./support/admin-page.mjs";

const inCell = (page, entry, workspace) =>
  page.getByRole("checkbox", { name: `${entry} in ${workspace}`, exact: true });

async function openMatrix(admin) {
  await admin.page
    .getByRole("navigation", { name: "What the settings are for" })
    .getByRole("link", { name: "All workspaces" })
    .click();
  await admin.page.getByRole("heading", { name: "All workspaces", level: 1 }).waitFor();
  await admin.page.getByRole("grid").waitFor();
}

test("an entry is taken out of one workspace, which goes on following the instance; saved, it comes back the same", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await openMatrix(admin);
    const sales = inCell(page, "Sales Team -> sales", "Directory");
    const row = page.getByRole("row").filter({ hasText: "Sales Team -> sales" });
    assert.equal(await sales.isChecked(), true);
    await sales.uncheck();
    await row.getByText("not here").waitFor();
    await admin.expectChanges("Directory follows the instance's mapping, except for single entries.");

    // What the instance adds later holds there too.
    await admin.goTo("Settings");
    await admin.write("Marketing Team -> marketing\nSales Team -> sales\nEurope -> sales");
    await openMatrix(admin);
    assert.equal(await inCell(page, "Europe -> sales", "Directory").isChecked(), true);
    await admin.review();
    await page.getByText("Sales Team").first().waitFor();
    await admin.saveReviewed();
    const { settings } = await admin.api("/settings");
    const directory = settings.workspaces.find(({ id }) => id === "directory");
    assert.deepEqual(directory.entries, { without: "Sales Team -> sales" });
    assert.equal(directory.mapping, undefined);

    await page.reload();
    await admin.goTo("Settings");
    await openMatrix(admin);
    assert.equal(await sales.isChecked(), false);
    assert.equal(await inCell(page, "Sales Team -> sales", "Main").isChecked(), true);

    // Its own page says the same, and gives it back: nothing differs any more.
    await page
      .getByRole("columnheader", { name: /^Directory/ })
      .getByRole("link")
      .click();
    const section = page.getByRole("region", { name: "Group mapping", exact: true });
    await section.getByRole("button", { name: /^Here again/ }).click();
    await section.getByText("Inherited", { exact: true }).waitFor();
    await admin.expectChanges("Directory inherits the mapping of the instance.");
  }));

test("a group that an entry leads to is created where it is missing", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await openMatrix(admin);
    const cell = page.getByRole("gridcell").filter({ has: inCell(page, "Marketing Team -> marketing", "Directory") });
    await cell.getByText("missing", { exact: true }).waitFor();
    await page.getByRole("checkbox", { name: /^Only problems \(\d+\)$/ }).check();
    await cell.getByRole("button", { name: "Create group marketing in Directory" }).click();
    await admin.dialog.getByRole("heading", { name: "Create the group marketing in Directory?" }).waitFor();
    await admin.dialog.getByRole("combobox").selectOption("builder");
    await admin.dialog.getByRole("button", { name: "Create" }).click();
    await page.getByText("The group marketing is in Directory now.").waitFor();
    await page.getByText("No entries match.").waitFor();
    const { groups } = await admin.api("/workspaces/directory/groups");
    assert.equal(groups.find(({ name }) => name === "marketing").requires, "builder");
    assert.deepEqual(await admin.changes(), []);
  }));

test("what only one workspace has is taken on by another one, also by a workspace with a mapping of its own", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.choose("Directory");
    const section = page.getByRole("region", { name: "Group mapping", exact: true });
    await section.getByRole("button", { name: "Change some entries here" }).click();
    await section.getByText("Every entry of the instance holds here.").waitFor();
    const own = page.getByRole("textbox", { name: "Entries that hold here also" });
    await own.waitFor();
    await admin.write("Research -> sales\nhalf", own);
    await eventually(async () => assert.match((await admin.changes()).join(), /needs fixing/));

    // As long as it has errors, the matrix leaves that workspace alone.
    await page.getByRole("link", { name: "Choose entries to leave out" }).click();
    await page
      .getByRole("columnheader", { name: /^Directory/ })
      .getByText("has errors")
      .waitFor();
    assert.equal(await inCell(page, "Sales Team -> sales", "Directory").isDisabled(), true);
    await page.goBack();
    await admin.write("Research -> sales", own);
    await openMatrix(admin);
    await page.getByText("Only in some workspaces").waitFor();
    assert.equal(await inCell(page, "Research -> sales", "Directory").isChecked(), true);
    await inCell(page, "Research -> sales", "Main").check();
    await inCell(page, "Research -> sales", "Product").check();
    await inCell(page, "Engineering -> developers", "Product").uncheck();
    await admin.expectChanges(
      "Main follows the instance's mapping, except for single entries.",
      "The mapping for Product is changed.",
      "Directory follows the instance's mapping, except for single entries.",
    );
    await admin.goTo("Settings");
    await admin.choose("Product");
    assert.equal(await admin.text(), "# Here, engineers are developers\nDesign* -> designers\nResearch -> sales");
  }));

test("what a pinned person gets in each workspace, and by which entries", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await openMatrix(admin);
    await page.getByRole("combobox", { name: "What one person gets" }).fill("hana");
    await page.getByRole("option", { name: /Hana Hill/ }).click();
    const main = page.getByRole("columnheader", { name: /^Main/ });
    await eventually(async () =>
      assert.match(flat(await main.textContent()), /Hana Hill: end-user · marketing · sales/),
    );
    const cell = page.getByRole("gridcell").filter({ has: inCell(page, "Sales Team -> sales", "Main") });
    await cell.getByText("grants something to Hana Hill").waitFor();
    await inCell(page, "Sales Team -> sales", "Main").uncheck();
    await eventually(async () => assert.doesNotMatch(flat(await main.textContent()), /· sales/));
  }));

/** Saves something, as what is saved is kept in the browser, and puts more workspaces and another mapping in its place. */
async function keepMore(admin, workspaces, entries) {
  const { page } = admin;
  await openMatrix(admin);
  await inCell(page, "Sales Team -> sales", "Directory").uncheck();
  await admin.review();
  await admin.saveReviewed();
  await page.evaluate(
    ([columns, rows]) => {
      const roles = ["end-user", "builder", "admin"];
      const more = Array.from({ length: columns }, (_, at) => ({
        id: `w${at}`,
        name: `Team ${at}`,
        catalog: { roles, groups: [] },
      }));
      const data = JSON.parse(localStorage.getItem("idp-group-sync-demo"));
      data.workspaces.push(...more);
      const last = data.versions.at(-1).settings;
      last.workspaces.push(...more.map(({ id }) => ({ id, enabled: true })));
      last.mapping = Array.from({ length: rows }, (_, at) => `group ${at} -> ${at % 2 ? "sales" : "builder"}`).join(
        "\n",
      );
      localStorage.setItem("idp-group-sync-demo", JSON.stringify(data));
    },
    [workspaces, entries],
  );
  await page.reload();
  await admin.goTo("Settings");
  await openMatrix(admin);
}

test("of 200 workspaces with 1,000 entries, only what is looked at is drawn", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await keepMore(admin, 197, 1000);
    await page.getByText("1–20 of 200 workspaces").waitFor();
    assert.equal(await page.getByRole("grid").getAttribute("aria-colcount"), "201");
    assert.equal(await page.getByRole("columnheader").count(), 21);
    assert.equal(await page.locator("matrix-table input").count(), 50 * 20);
    await page.getByRole("button", { name: "Next workspaces" }).click();
    await page.getByText("21–40 of 200 workspaces").waitFor();
    const team = page.getByRole("columnheader", { name: /^Team 17/ });
    assert.equal(await team.getAttribute("aria-colindex"), "22");
    await page.getByRole("searchbox", { name: "Filter workspaces" }).fill("team 19");
    await page.getByText("1–8 of 8 workspaces").waitFor();
    await page.getByRole("searchbox", { name: "Filter entries" }).fill("group 999");
    const cell = inCell(page, "group 999 -> sales", "Team 196");
    await cell.uncheck();
    await admin.expectChanges("Team 196 follows the instance's mapping, except for single entries.");
    assert.equal(await inCell(page, "group 999 -> sales", "Team 195").isChecked(), true);
    assert.equal(await cell.isChecked(), false);
    await page.getByRole("searchbox", { name: "Filter workspaces" }).fill("nowhere");
    await page.getByText("0–0 of 0 workspaces").waitFor();
  }));

test("200 entries in 20 workspaces are paged and filtered, and walked through by the arrow keys", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await keepMore(admin, 17, 200);
    await page.getByText(/^1–50 of \d+ entries$/).waitFor();
    assert.equal(await page.getByRole("columnheader").count(), 21);
    await page.getByRole("button", { name: "Next entries" }).click();
    await page.getByText(/^51–100 of/).waitFor();
    await page.getByRole("searchbox", { name: "Filter entries" }).fill("group 199");
    await page.getByText("1–1 of 1 entries").waitFor();
    await page.getByRole("searchbox", { name: "Filter entries" }).fill("group 1");
    await inCell(page, "group 1 -> sales", "Main").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    assert.equal(await inCell(page, "group 10 -> builder", "Product").isChecked(), true);
    await page.keyboard.press("End");
    await page.keyboard.press("Space");
    await eventually(async () => assert.equal(await inCell(page, "group 10 -> builder", "Team 16").isChecked(), false));
    // Tab leads out of the table, and back to the same cell.
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    assert.equal(await inCell(page, "group 10 -> builder", "Team 16").evaluate((cell) => cell.matches(":focus")), true);
  }));

test("where it is narrow, one workspace is shown at a time", () =>
  withDemo(
    async (admin) => {
      const { page } = admin;
      await openMatrix(admin);
      assert.equal(await page.getByRole("columnheader").count(), 2);
      await page.getByRole("combobox", { name: "Workspace", exact: true }).selectOption("Directory");
      await page.getByRole("columnheader", { name: /^Directory/ }).waitFor();
      assert.equal(await inCell(page, "Marketing Team -> marketing", "Directory").isChecked(), true);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
    },
    { width: 390, height: 844 },
  ));

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 360]) {
    test(`axe finds nothing in the matrix, and nothing runs off the side: ${colorScheme}, ${width} pixels`, () =>
      withDemo(
        async (admin) => {
          const { page } = admin;
          const look = async (state) => {
            assert.deepEqual(await violations(page), [], state);
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(wide <= width, `${state}: ${wide} pixels wide`);
          };
          await openMatrix(admin);
          await page.getByRole("combobox", { name: "What one person gets" }).fill("hana");
          await page.getByRole("option", { name: /Hana Hill/ }).click();
          await page
            .getByRole("columnheader", { name: /^Main/ })
            .getByText(/Hana Hill/)
            .waitFor();
          await inCell(page, "Sales Team -> sales", "Main").uncheck();
          await look("the matrix");
          if (width < 1000) {
            await page.getByRole("combobox", { name: "Workspace", exact: true }).selectOption("Directory");
          }
          await page.getByRole("button", { name: "Create group marketing in Directory" }).click();
          await admin.dialog.getByRole("heading").waitFor();
          await look("a group to create");
          await page.keyboard.press("Escape");
          await admin.goTo("Settings");
          await admin.choose("Main");
          await page.getByRole("textbox", { name: "Entries that hold here also" }).waitFor();
          await look("a workspace that differs by entry");
        },
        { colorScheme, width, height: 800 },
      ));
  }
}
