// A mapping that holds for several workspaces, each with roles and groups of its own.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage } from "./open-page.mjs";

test("a mapping is checked, completed and explained for each workspace that it holds for", () =>
  withPage(async (preview) => {
    const { page, mapping, problems } = preview;
    await preview.pickSample("Keycloak: group paths");
    await page.locator("group-mapping-editor").evaluate((editor) => {
      const workspace = (name, groups, policy = {}) => ({
        name,
        catalog: { groups: groups.map((group) => ({ name: group })) },
        policy,
      });
      editor.workspaces = [
        workspace("Main", ["sales"]),
        workspace("Product", ["crew"]),
        workspace("Support", ["crew"], { matchByName: false }),
      ];
    });
    await preview.write(mapping, "a -> sales\nb -> crew\nc -> nobody\nsales -> admin");
    await page.keyboard.press("Escape");
    const texts = () => problems.evaluateAll((items) => items.map((item) => item.innerText.replaceAll(/\s+/g, " ")));
    await problems.nth(3).waitFor();
    const [sales, crew, nobody, ...others] = await texts();
    assert.match(sales, /sales is not in Product and Support: it grants nothing there\./);
    assert.match(crew, /crew is not in Main: it grants nothing there\./);
    assert.match(nobody, /nobody is neither a role nor a group of the application/);
    assert.ok(
      others.some((text) => /\(in Main\)\./.test(text)),
      "what is so in some workspaces only names them",
    );

    await page.locator(".cm-mapping-source", { hasText: "b" }).hover();
    const told = page.locator(".cm-explanation");
    await told.getByText("join the group crew").waitFor();
    await told.getByText("In Main there is no such target: the entry grants nothing there.").waitFor();
    await mapping.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\nx -> cr");
    await page.getByRole("option", { name: /crew/ }).waitFor();
  }));
