// Scenarios beside the mapping: red or green as it is typed, and asked about before a save. Against the real server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, withServer } from "./support/admin-page.mjs";

test("a scenario is written, turns red as the mapping is typed, and is asked about before a save", () =>
  withServer(async (admin) => {
    const { page, dialog } = admin;
    await admin.goTo("Scenarios");
    await page.getByText("No scenario yet.").waitFor();
    await page.getByRole("button", { name: "Add a scenario" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Sales people sell");
    await page.getByRole("textbox", { name: "Groups of the identity provider" }).fill("Sales Team\n");
    await page.getByRole("combobox", { name: "Expected role" }).selectOption("end-user");
    await page.getByRole("checkbox", { name: "exactly these:" }).check();
    await page.getByText("groups: expected").waitFor();
    await page.getByRole("checkbox", { name: "sales", exact: true }).check();
    await page.getByText("1 green, 0 red").waitFor();
    await page.getByRole("button", { name: "Save the scenarios" }).click();
    await eventually(async () => {
      const { instance } = await admin.api("/scenarios");
      assert.deepEqual(instance, {
        version: 1,
        scenarios: [
          { name: "Sales people sell", groups: ["Sales Team"], expect: { role: "end-user", groups: ["sales"] } },
        ],
      });
    });
    assert.equal(await page.getByRole("button", { name: "Save the scenarios" }).isDisabled(), true);

    await admin.goTo("Settings");
    await page.getByText("1 green, 0 red").waitFor();
    await admin.mapping.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\nSales Team -> marketin");
    await page.getByText("1 green, 0 red").waitFor();
    await page.keyboard.type("g");
    await page.getByText("0 green, 1 red").waitFor();
    await page.keyboard.press("Escape");
    await page.getByText("groups: expected").waitFor();

    await admin.review();
    await admin.save.click();
    await dialog.getByText("Sales people sell").waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    assert.equal((await admin.api("/settings")).version, 2);
    await admin.save.click();
    await dialog.getByRole("button", { name: "Save all the same" }).click();
    await page.getByRole("heading", { name: "Saved as version 3" }).waitFor();
  }));

test("what came out in the preview is kept as a scenario of the workspace that it is about", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      await admin.goTo("Preview");
      await page.getByRole("combobox", { name: "A known person" }).fill("eli");
      await page.getByRole("option", { name: /Eli Engineer/ }).click();
      await page.getByRole("button", { name: /^Keep as a scenario ?: Product/ }).click();
      await page.getByRole("heading", { name: "Scenarios", level: 1 }).waitFor();
      assert.equal(
        flat(
          await page.getByRole("combobox", { name: "Beside the settings of" }).locator("option:checked").textContent(),
        ),
        "Product (1)",
      );
      await page.getByText("1 green, 0 red").waitFor();
      await page.getByRole("button", { name: "Save the scenarios" }).click();
      await eventually(async () => {
        const { workspaces } = await admin.api("/scenarios");
        assert.deepEqual(workspaces, [
          {
            workspace: "product",
            set: {
              version: 1,
              scenarios: [
                { name: "Eli Engineer", groups: ["engineers"], expect: { role: "builder", groups: ["developers"] } },
              ],
            },
          },
        ]);
      });
    },
    { people: ["Eli Engineer"] },
  ));
