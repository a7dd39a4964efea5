// Scenarios beside the mapping: red or green as it is typed, and asked about before a save. Against the real server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, withServer } from "./support/admin-page.mjs";

test("a scenario is written, turns red as the mapping is typed, and is asked about before a save", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await admin.goTo("Scenarios");
    await page.getByText("No scenarios yet.").waitFor();
    await page.getByRole("button", { name: "Add a scenario" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Sales people sell");
    await page.getByRole("textbox", { name: "IdP groups, one per line" }).fill("Sales Team\n");
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
        guarantees: [],
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
    await page.getByText("0 of 1 scenario or guarantee holds").waitFor();
    await page.getByText("Sales people sell").waitFor();
    assert.equal(await admin.save.isDisabled(), true);
    await page.getByRole("textbox", { name: /type 1 to save anyway/ }).fill("1");
    await admin.saveReviewed();
    assert.equal((await admin.api("/settings")).version, 3);
  }));

test("a guarantee fails with somebody who breaks it, and holds once the mapping is mended", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await admin.write("okta-* -> admin\nSales Team -> sales");
    await admin.goTo("Scenarios");
    await page.getByText("No guarantee yet.").waitFor();
    await page.getByRole("button", { name: "Add a guarantee" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Only IT makes admins");
    await page.getByRole("textbox", { name: "IdP groups, one per line" }).fill("IT-Admins\nadmin\n");
    await page.getByText("Somebody in okta-x alone becomes admin, by line 1.").waitFor();
    await page.getByText("neither the mapping nor the application names IT-Admins.").waitFor();
    await page.getByText("May a login lower the role of the last admin?").waitFor();
    await page.getByText("0 green, 1 red").waitFor();
    await page.getByRole("button", { name: "Save the scenarios" }).click();
    const guarantee = { name: "Only IT makes admins", only: { role: "admin", groups: ["IT-Admins", "admin"] } };
    await eventually(async () => {
      const { instance } = await admin.api("/scenarios");
      assert.deepEqual(instance, { version: 1, scenarios: [], guarantees: [guarantee] });
    });

    await admin.goTo("Settings");
    await page.getByText("Somebody in okta-x alone becomes admin, by line 1.").waitFor();
    await admin.review();
    await page.getByText("Somebody in okta-x alone becomes admin, by line 1.").waitFor();
    assert.equal(await admin.save.isDisabled(), true);
    await admin.goTo("Settings");
    await admin.write("IT-Admins -> admin\nSales Team -> sales");
    await page.getByText("1 green, 0 red").waitFor();

    await admin.goTo("Scenarios");
    await page.locator("guarantee-editor summary").click();
    await page.getByRole("combobox", { name: "Role or group" }).selectOption("sales");
    await page.getByText("Somebody in Sales Team alone joins sales, by line 2.").waitFor();
    await page.getByRole("combobox", { name: "Who reaches it" }).selectOption("never");
    await page.getByText("Somebody in Sales Team and IT-Admins alone joins sales, by line 2.").waitFor();
    await page.getByRole("combobox", { name: "Role or group" }).selectOption("marketing");
    await page.getByText("Somebody in marketing and IT-Admins alone joins marketing, by its name.").waitFor();
    await page.getByRole("button", { name: /^Remove ?: Only IT makes admins/ }).click();
    await page.getByText("No guarantee yet.").waitFor();
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
              guarantees: [],
            },
          },
        ]);
      });
    },
    { people: ["Eli Engineer"] },
  ));
