// Scenarios and guarantees gate a save, by the page and by the server; both are made from the preview. Against the real server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, withServer } from "./support/admin-page.mjs";

const scenario = (name, groups, expected) => ({ name, groups: [groups], expect: { groups: expected } });

/** Stores expectations without the page. */
function storeElsewhere({ page }, version, scenarios, guarantees = []) {
  return page.evaluate(
    async ([version, scenarios, guarantees]) => {
      const { csrfToken } = await (await fetch("/api/me")).json();
      const answer = await fetch("/api/scenarios/instance", {
        method: "PUT",
        headers: { "content-type": "application/json", "csrf-token": csrfToken },
        body: JSON.stringify({ version, scenarios, guarantees }),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    [version, scenarios, guarantees],
  );
}

test("expectations that were stored meanwhile are asked about as the server finds them", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await admin.write("Sales Team -> marketing");
    await admin.review();
    await eventually(async () => assert.equal(await admin.save.isDisabled(), false));
    await storeElsewhere(admin, 0, [scenario("Sales sells", "Sales Team", ["sales"])]);
    const { version } = await admin.api("/settings");
    await admin.save.click();
    await page
      .getByText("Not saved: the scenarios and guarantees that fail have changed since they were shown.")
      .waitFor();
    await page.getByText("0 of 1 scenario or guarantee holds").waitFor();
    await page.getByText("Sales sells").waitFor();
    assert.equal((await admin.api("/settings")).version, version);
    assert.equal(await admin.save.isDisabled(), true);
    admin.complaints.splice(0);
    await page.getByRole("textbox", { name: /type 1 to save anyway/ }).fill("1");
    await admin.saveReviewed();
  }));

test("a scenario that is not saved yet is saved with the settings", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await admin.goTo("Scenarios");
    await page.getByRole("button", { name: "Add a scenario" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Sales people sell");
    await page.getByRole("textbox", { name: "IdP groups, one per line" }).fill("Sales Team\n");
    await page.getByRole("combobox", { name: "Expected role" }).selectOption("end-user");
    await admin.goTo("Settings");
    await admin.write("Sales Team -> sales\nOthers -> marketing");
    await admin.review();
    await page.getByText("Expects Sales people sell").waitFor();
    await page.getByText("1 of 1 scenario or guarantee holds").waitFor();
    await admin.saveReviewed();
    const { instance } = await admin.api("/scenarios");
    assert.deepEqual([instance.version, instance.scenarios[0].name], [1, "Sales people sell"]);
    await admin.goTo("Scenarios");
    assert.equal(await page.getByRole("button", { name: "Save the scenarios" }).isDisabled(), true);
  }));

test("expectations that others changed meanwhile are merged, and nothing is saved before that is seen", () =>
  withServer(async (admin) => {
    const { page } = admin;
    await admin.goTo("Scenarios");
    await page.getByRole("button", { name: "Add a scenario" }).click();
    await page.getByRole("textbox", { name: "Name" }).fill("Mine");
    await page.getByRole("combobox", { name: "Expected role" }).selectOption("end-user");
    await admin.goTo("Settings");
    await admin.write("Sales Team -> marketing");
    await admin.review();
    await page.getByText("1 of 1 scenario or guarantee holds").waitFor();
    await storeElsewhere(admin, 0, [scenario("Theirs", "Sales Team", ["sales"])]);
    // By those of the request alone everything holds.
    await admin.save.click();
    await page.getByText("Not saved: somebody else changed scenarios or guarantees.").waitFor();
    await page.getByText("1 of 2 scenarios and guarantees hold").waitFor();
    admin.complaints.splice(0);
    await page.getByRole("textbox", { name: /type 1 to save anyway/ }).fill("1");
    await admin.saveReviewed();
    const { instance } = await admin.api("/scenarios");
    assert.deepEqual(
      instance.scenarios.map(({ name }) => name),
      ["Theirs", "Mine"],
    );
  }));

test("a guarantee is made of what a preview explains, and a command", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      await admin.goTo("Preview");
      await page.getByRole("combobox", { name: "A known person" }).fill("eli");
      await page.getByRole("option", { name: /Eli Engineer/ }).click();
      await page.getByRole("button", { name: /^Copy as command line ?: Product/ }).click();
      const command = await page.locator("plan-actions pre").textContent();
      assert.equal(
        command,
        "npx idp-group-sync explain --groups=engineers --config group-sync.json --workspace=product",
      );
      const groups = page.getByRole("group", { name: "Nobody else may get (Product)" });
      await groups.getByRole("button", { name: "developers" }).click();
      await page.getByRole("heading", { name: "Scenarios", level: 1 }).waitFor();
      await page.getByText("developers only by engineers").first().waitFor();
      await page.getByRole("button", { name: "Save the scenarios" }).click();
      await eventually(async () => {
        const [{ workspace, set }] = (await admin.api("/scenarios")).workspaces;
        const only = { group: "developers", groups: ["engineers"] };
        assert.deepEqual([workspace, set.guarantees], ["product", [{ name: "developers only by engineers", only }]]);
      });
    },
    { people: ["Eli Engineer"] },
  ));
