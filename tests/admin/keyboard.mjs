// By keyboard alone: the whole way from signing in to a version restored, the shortcuts, and the palette.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, superAdmin, withDemo, withServer } from "./support/admin-page.mjs";
import { focused, reach, withoutMouse } from "./support/keyboard.mjs";

test("from signing in to a version restored, without a mouse", () =>
  withServer(
    async (admin, { server, session }) => {
      await admin.page.close();
      const page = await session.newPage();
      await session.clearCookies();
      await withoutMouse(page);
      const { keyboard } = page;
      const type = async (name, text) => {
        await reach(page, name);
        await keyboard.insertText(text);
      };
      const press = async (name) => {
        await reach(page, name);
        await keyboard.press("Enter");
      };
      await page.goto(`${server.address}/sign-in`);
      await type("E-mail address", superAdmin.email);
      await type("Password", superAdmin.password);
      await keyboard.press("Enter");
      await page.waitForURL(`${server.address}/`);
      await press("Group sync settings");
      await page.getByRole("heading", { name: "Group sync", level: 1 }).waitFor();

      // A person beside the mapping.
      await keyboard.press("l");
      await eventually(async () => assert.equal(await focused(page), "Live preview"));
      await reach(page, "Pin a person");
      await keyboard.insertText("mara");
      await page.getByRole("option", { name: /Mara Marketing/ }).waitFor();
      await keyboard.press("ArrowDown");
      await keyboard.press("Enter");
      const cards = page.getByRole("list", { name: "Pinned" });
      await cards.getByText("no change").first().waitFor();

      // The mapping, and what it does to them.
      await page.getByRole("textbox", { name: "Group mapping" }).waitFor();
      await reach(page, "Unpin Mara Marketing");
      await keyboard.press("m");
      await eventually(async () => assert.equal(await focused(page), "Group mapping"));
      await keyboard.press("Control+End");
      await keyboard.insertText("\nMarketing Team -> sales");
      await keyboard.press("Escape");
      await cards
        .getByText(/joins sales/i)
        .first()
        .waitFor();

      // The review, and the save.
      await press("Review and save");
      await page.getByRole("heading", { name: "Review and save", level: 1 }).waitFor();
      await page.getByText(/known (person|people) would change/).waitFor();
      await page.getByRole("button", { name: "Save", exact: true, disabled: false }).waitFor();
      await press("Save");
      await page.getByRole("heading", { name: "Saved as version 3", level: 1 }).waitFor();
      await eventually(async () => assert.equal(await focused(page), "Saved as version 3"));

      // The history, and back.
      await keyboard.press("g");
      await keyboard.press("h");
      await page.getByRole("link", { name: /^Version 2/ }).waitFor();
      await press(/^Version 2/);
      await page.getByRole("heading", { name: "Version 2", level: 1 }).waitFor();
      await page.getByRole("button", { name: "Restore version 2" }).waitFor();
      await press("Restore version 2");
      await page.getByRole("heading", { name: "Review and save", level: 1 }).waitFor();
      await page.getByRole("region", { name: "Your changes" }).getByText("Marketing Team").first().waitFor();
      await page.getByRole("button", { name: "Save", exact: true, disabled: false }).waitFor();
      await press("Save");
      await page.getByRole("heading", { name: "Saved as version 4", level: 1 }).waitFor();
      assert.equal(await page.evaluate(() => globalThis.mouse), 0, "no event of a mouse");
    },
    { people: ["Mara Marketing"] },
  ));

test("single keys go to the views, are text while somebody types, and can be switched off", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    const { keyboard } = page;
    const title = (name) => page.getByRole("heading", { name, level: 1 }).waitFor();
    for (const [letter, name] of [
      ["p", "Preview"],
      ["c", "Scenarios"],
      ["u", "People"],
      ["a", "Activity"],
      ["h", "History"],
      ["w", "All workspaces"],
      ["s", "Group sync"],
    ]) {
      await keyboard.press("g");
      await keyboard.press(letter);
      await title(name);
    }
    // Nothing is unsaved, so there is nothing to review.
    await keyboard.press("g");
    await keyboard.press("r");
    await title("Group sync");

    await keyboard.press("g");
    await keyboard.press("a");
    await title("Activity");
    await keyboard.press("/");
    await eventually(async () => assert.equal(await focused(page), "Person"));
    await keyboard.type("gh?/");
    assert.equal(await page.getByRole("combobox", { name: "Person" }).inputValue(), "gh?/");
    await title("Activity");
    assert.equal(await admin.dialog.count(), 0);

    await keyboard.press("Escape");
    await page.getByRole("heading", { name: "Activity", level: 1 }).click();
    await keyboard.press("?");
    await admin.dialog.getByRole("heading", { name: "Keyboard shortcuts" }).waitFor();
    await reach(page, /^Use single-key shortcuts/);
    await keyboard.press("Space");
    await keyboard.press("Escape");
    await eventually(async () => assert.equal(await admin.dialog.count(), 0));
    await keyboard.press("g");
    await keyboard.press("s");
    await keyboard.press("?");
    await title("Activity");
    assert.equal(await admin.dialog.count(), 0);
    // It outlives a reload, and the palette leads to the switch.
    await page.reload();
    await title("Activity");
    await keyboard.press("?");
    await keyboard.press("Control+k");
    await admin.dialog.getByRole("heading", { name: "Commands" }).waitFor();
    await keyboard.insertText("keyboard");
    await keyboard.press("Enter");
    await admin.dialog.getByRole("heading", { name: "Keyboard shortcuts" }).waitFor();
    await reach(page, /^Use single-key shortcuts/);
    await keyboard.press("Space");
    await keyboard.press("Escape");
    await eventually(async () => assert.equal(await admin.dialog.count(), 0));
    await keyboard.press("g");
    await keyboard.press("s");
    await title("Group sync");
  }));

test("every shortcut of the list is in the map, which the button opens too", () =>
  withDemo(async (admin) => {
    const { page, dialog } = admin;
    await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
    await dialog.getByRole("heading", { name: "Keyboard shortcuts" }).waitFor();
    const map = page.locator("keyboard-map");
    const rows = await map
      .locator("dl")
      .evaluateAll((lists) =>
        lists.map((list) =>
          [...list.querySelectorAll("dt")].map((term) => [
            term.textContent.trim(),
            [...term.nextElementSibling.querySelectorAll("kbd")].map((key) => key.textContent).join(" "),
          ]),
        ),
      );
    assert.deepEqual(rows.slice(0, 2), [
      [
        ["Find a command, person or entry", "Ctrl K"],
        ["Keyboard shortcuts", "?"],
        ["Filter this view", "/"],
        ["Edit the mapping", "M"],
        ["Live preview", "L"],
      ],
      [
        ["Settings", "G S"],
        ["All workspaces", "G W"],
        ["Preview", "G P"],
        ["Scenarios", "G C"],
        ["People", "G U"],
        ["Activity", "G A"],
        ["History", "G H"],
        ["Review and save", "G R"],
      ],
    ]);
    assert.ok(rows[2].some(([, keys]) => keys === "F8"));
    await page.keyboard.press("Escape");
    await eventually(async () => assert.equal(await focused(page), "Keyboard shortcuts"));
  }));

test("the palette finds views, actions, workspaces, entries and people, from anywhere, the editor included", () =>
  withDemo(async (admin) => {
    const { page, dialog } = admin;
    const { keyboard } = page;
    const open = async (text) => {
      await keyboard.press("Control+k");
      await dialog.getByRole("heading", { name: "Commands" }).waitFor();
      await eventually(async () => assert.equal(await focused(page), "Search commands, workspaces, entries, people"));
      await keyboard.insertText(text);
    };
    const active = () =>
      page.locator("command-palette").evaluate((palette) => {
        const id = palette.shadowRoot.querySelector("input").getAttribute("aria-activedescendant");
        return palette.shadowRoot.getElementById(id)?.textContent.replaceAll(/\s+/g, " ").trim();
      });
    await admin.mapping.focus();
    await open("");
    const group = (name) => page.getByRole("group", { name });
    await group("Views")
      .getByRole("option", { name: /^Preview/ })
      .waitFor();
    assert.equal(await group("Entries").count(), 0, "they are listed once somebody types");
    // What is impossible at present is not offered.
    assert.equal(await page.getByRole("option", { name: /^(Discard|Undo discarding|Review)/ }).count(), 0);
    await keyboard.press("ArrowUp");
    await keyboard.press("ArrowDown");
    assert.match(await active(), /^Settings/);
    await keyboard.press("Escape");
    await eventually(async () => assert.equal(await focused(page), "Group mapping"));

    await open("platform own");
    await eventually(async () => assert.match(await active(), /^Platform Owners -> admin Instance, line \d+$/));
    await keyboard.press("Enter");
    await eventually(async () => assert.equal(await focused(page), "Group mapping"));
    const selected = await page.evaluate(() => String(getSelection()));
    assert.ok(selected === "" || /Platform Owners -> admin/.test(selected), selected);

    await open("product");
    await group("Workspaces")
      .getByRole("option", { name: /^Product/ })
      .waitFor();
    await keyboard.press("Enter");
    await page.getByRole("heading", { name: "Product" }).first().waitFor();

    await open("igor");
    await group("Preview a person")
      .getByRole("option", { name: /^Igor Ilves/ })
      .waitFor();
    await keyboard.press("Enter");
    await page.getByText("Igor Ilves can sign in.").waitFor();

    await admin.goTo("Settings");
    await admin.write("Engineering -> developers");
    await open("discard");
    assert.match(await active(), /^Discard the unsaved changes/);
    await keyboard.press("Enter");
    await admin.expectChanges();
    await open("undo");
    await keyboard.press("Enter");
    await admin.expectChanges("The mapping for the instance is changed.");
    await open("revi and");
    await keyboard.press("Enter");
    await page.getByRole("heading", { name: "Review and save", level: 1 }).waitFor();

    const download = page.waitForEvent("download");
    await open("export");
    await keyboard.press("Enter");
    assert.equal((await download).suggestedFilename(), "group-sync.json");

    await open("add work");
    await keyboard.press("Enter");
    await dialog.getByRole("button", { name: /^Add Laboratory/ }).waitFor();
    await keyboard.press("Escape");

    await open("qqqq");
    await dialog.getByText("No results").waitFor();
    await keyboard.press("Enter");
    await keyboard.press("Control+k");
    await eventually(async () => assert.equal(await dialog.count(), 0));
  }));

test("the palette finds what only a workspace has, and opens it there", () =>
  withDemo(async (admin) => {
    const { page, dialog } = admin;
    await admin.choose("Main");
    await page.getByRole("button", { name: "Change some entries here" }).click();
    const own = page.getByRole("textbox", { name: "Entries that hold here also" });
    await own.waitFor();
    await admin.write("Design Guild -> sales", own);
    await admin.goTo("History");
    await page.getByRole("heading", { name: "History", level: 1 }).waitFor();
    await page.keyboard.press("Control+k");
    await dialog.getByRole("heading", { name: "Commands" }).waitFor();
    await page.keyboard.insertText("design guild");
    await page.getByRole("option", { name: "Design Guild -> sales Main, line 1" }).waitFor();
    await page.keyboard.press("Enter");
    await eventually(async () => assert.equal(await focused(page), "Entries that hold here also"));
  }));

test("who looks for more entries than are shown is told how many there are", () =>
  withDemo(async (admin) => {
    const { page, dialog } = admin;
    await admin.write(Array.from({ length: 300 }, (_, index) => `Team ${index} -> sales`).join("\n"));
    await page.keyboard.press("Control+k");
    await dialog.getByRole("heading", { name: "Commands" }).waitFor();
    await page.keyboard.insertText("team 29 sales");
    const told = page.locator("command-palette [role=status]");
    await eventually(async () => assert.match(flat(await told.textContent()), /^8 of \d+ results$/));
    assert.equal(await page.getByRole("group", { name: "Entries" }).getByRole("option").count(), 8);
  }));

test("the live preview opens as a drawer where it has no room, from any view, and gives the focus back", () =>
  withDemo(
    async (admin) => {
      const { page } = admin;
      await admin.goTo("History");
      await page.getByRole("heading", { name: "History", level: 1 }).waitFor();
      await page.keyboard.press("l");
      await eventually(async () => assert.equal(await focused(page), "Live preview"));
      const drawer = page.locator("live-preview section.pane");
      assert.equal(await drawer.isVisible(), true);
      await page.keyboard.press("l");
      await eventually(async () => assert.equal(await focused(page), "Live preview"));
      await page.keyboard.press("Escape");
      await eventually(async () => assert.equal(await drawer.isVisible(), false));
      await eventually(async () => assert.equal(await focused(page), "Live preview"));
    },
    { width: 390 },
  ));
