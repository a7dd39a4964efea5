// From the question why somebody is no builder to the login that made them one, against the real server.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, signInAs, withServer } from "./support/admin-page.mjs";

test("why one user is no builder is found out, mended, reviewed, saved, and seen at their next login and in the activity", () =>
  withServer(
    async (admin, { server, session }) => {
      const { page } = admin;
      await admin.goTo("Preview");
      await page.getByRole("combobox", { name: "A known person" }).fill("eli");
      await page.getByRole("option", { name: /Eli Engineer/ }).click();
      const main = page.getByRole("article", { name: "Main" });
      await main.getByText("Nothing changes: stays end-user.").waitFor();
      await main
        .getByRole("listitem")
        .filter({ hasText: /engineers\s+by its name/ })
        .waitFor();

      await admin.goTo("Settings");
      await admin.mapping.focus();
      await page.keyboard.press("Control+End");
      await page.keyboard.type("\nengineers -> dev");
      await admin.complete(/developers/);
      await eventually(async () => assert.match(await admin.text(), /\nengineers -> developers$/));
      await admin.expectChanges("The mapping for the instance is changed.");
      await page.locator(".cm-mapping-source", { hasText: "engineers" }).hover();
      await page.locator(".cm-explanation").getByText("Affects 1 of 2 known people.").waitFor();

      await admin.goTo("Preview");
      await main.getByText("Becomes builder; is end-user now.").waitFor();
      await main.getByText("Joins developers.").waitFor();
      await main.getByText("Leaves engineers.").waitFor();
      await main.getByRole("button", { name: /engineers -> developers/ }).waitFor();

      await admin.review();
      await page.getByText("1 of 2 known people would change at their next login.").waitFor();
      const affected = page.getByRole("list", { name: "Who is affected" }).getByRole("listitem");
      assert.match(flat(await affected.innerText()), /^Eli Engineer Main changes .*builder.*developers.*engineers/);
      await admin.saveReviewed();

      assert.match(await signInAs(session, server, "Eli Engineer"), /Role\s+builder/);

      await admin.goTo("Activity");
      await page
        .getByRole("link", { name: /Eli Engineer/ })
        .first()
        .click();
      await main.getByText("Became builder; was end-user before.").waitFor();
      await main.getByText("Role builder: group developers requires it.").waitFor();
      await main.locator("match-list").getByText("engineers -> developers").waitFor();
      await page.getByText("version 3").waitFor();
    },
    { people: ["Mara Marketing", "Eli Engineer"] },
  ));
