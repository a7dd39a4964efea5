// The form for what the application can grant.

import { test } from "node:test";
import { withPage } from "./open-page.mjs";

test("groups can be added, changed and removed", () =>
  withPage(async (preview) => {
    const { page } = preview;
    await preview.pickSample("No groups");
    await preview.write(preview.mapping, "");
    await preview.write(preview.token, '{ "groups": ["designers"] }');
    await preview.expectOutcome({ headline: "No IdP group matches" });

    await page.getByRole("button", { name: "Add a group" }).click();
    await page.keyboard.type("designers");
    await preview.expectOutcome({ role: "end-user", groups: ["designers"] });

    await page.getByRole("combobox", { name: "Group designers needs" }).click();
    await page.getByRole("option", { name: "builder" }).click();
    await preview.expectOutcome({ role: "builder", groups: ["designers"] });

    await page.getByRole("button", { name: "Remove group designers" }).click();
    await preview.expectOutcome({ headline: "No IdP group matches", groups: [] });
  }));

test("a group follows the role that it needs to its new name", () =>
  withPage(async (preview) => {
    const { page } = preview;
    await preview.pickSample("A group mapped onto another");
    await preview.expectOutcome({ groups: ["developers"] });
    await page.getByRole("combobox", { name: "Group developers needs" }).click();
    await page.getByRole("option", { name: "builder" }).click();
    await page.getByText(/^Roles, lowest first/).click();
    await page.getByRole("textbox", { name: "Name of role 2" }).fill("maker");
    await preview.expectOutcome({ role: "maker", groups: ["developers"] });
  }));

test("a catalog that the engine refuses is told with its path, and the editor goes on", () =>
  withPage(async (preview) => {
    const { page } = preview;
    await preview.pickSample("Keycloak: group paths");
    await page.getByRole("textbox", { name: "Name of group 1" }).fill("");
    await preview.expectOutcome({ headline: "This cannot be read yet" });
    await preview.outcome.getByText("catalog.groups[0].name").first().waitFor();
    await preview.write(preview.mapping, "a => b");
    await preview.problems.getByRole("button", { name: "->" }).waitFor();
  }));
