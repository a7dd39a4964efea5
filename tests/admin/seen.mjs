// What the identity provider really sends: which of it does nothing yet, and what it is called.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, signInAs, withDemo, withServer } from "./support/admin-page.mjs";

const panel = (admin) => admin.page.locator("seen-groups");
/** The names of the groups that do nothing yet, as they are listed. */
const unmapped = async (admin) => {
  const rows = panel(admin).locator(":scope > ul.rows seen-group .name, ul.rows:not(details ul) seen-group .name");
  return (await rows.allTextContents()).map(flat);
};
const row = (admin, name) => panel(admin).locator("seen-group").filter({ hasText: name });
const selected = (admin) => admin.page.evaluate(() => getSelection().toString());

const scimGroup = "urn:ietf:params:scim:schemas:core:2.0:Group";
const scimPatch = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** What the identity provider sends of its groups. */
async function scimClient({ page }, { address }) {
  const token = await page.evaluate(async () => {
    const { csrfToken } = await (await fetch("/api/me")).json();
    const headers = { "content-type": "application/json", "csrf-token": csrfToken };
    const body = JSON.stringify({ name: "test" });
    return (await (await fetch("/api/providers/environment/tokens", { method: "POST", headers, body })).json()).secret;
  });
  return async (method, path, body) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/scim+json" };
    const answer = await fetch(`${address}/scim/v2${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
    return answer.status === 204 ? null : answer.json();
  };
}

const rename = (scim, { id }, displayName) =>
  scim("PATCH", `/Groups/${id}`, { schemas: [scimPatch], Operations: [{ op: "replace", value: { displayName } }] });

test("a group that does nothing yet is mapped by one click, and the cursor is at the new entry", () =>
  withDemo(async (admin) => {
    await panel(admin).getByText("14 groups in 23 tokens.").waitFor();
    await panel(admin).getByText("3 groups do nothing yet").waitFor();
    assert.deepEqual(await unmapped(admin), ["sales-team", "Research", "engineering"]);
    await row(admin, "sales-team").getByText("2 people, last on").waitFor();
    await row(admin, "sales-team").getByRole("button", { name: "Map to sales" }).click();
    await eventually(async () => assert.match(await admin.text(), /\nPlatform Owners -> admin\nsales-team -> sales$/));
    await eventually(async () => assert.equal(await selected(admin), "sales"));
    await admin.expectChanges("The mapping for the instance is changed.");
    await eventually(async () => assert.deepEqual(await unmapped(admin), ["Research", "engineering"]));
    await panel(admin).getByText("12 groups are mapped").click();
    await row(admin, "sales-team").getByText("not saved yet").waitFor();
  }));

test("what it is mapped to can be typed, by keyboard", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await row(admin, "Research").getByRole("button", { name: "Map to…" }).press("Enter");
    await page.keyboard.type("builder");
    await page.keyboard.press("Enter");
    await eventually(async () => assert.match(await admin.text(), /\nResearch -> builder$/));
    await row(admin, "engineering").getByRole("button", { name: "Map to…" }).press("Enter");
    await row(admin, "engineering").getByRole("button", { name: "Cancel" }).press("Enter");
    await page.waitForFunction(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active?.getRootNode().host?.textContent.includes("Map to…");
    });
  }));

test("a form that is open stays with its group when another group goes", () =>
  withDemo(async (admin) => {
    await row(admin, "engineering").getByRole("button", { name: "Map to…" }).click();
    await admin.write(`${await admin.text()}\nResearch -> builder`);
    await eventually(async () => assert.equal((await unmapped(admin)).includes("Research"), false));
    await row(admin, "engineering")
      .getByRole("textbox")
      .or(row(admin, "engineering").getByRole("combobox"))
      .fill("admin");
    await row(admin, "engineering").getByRole("button", { name: "Map", exact: true }).click();
    await eventually(async () => assert.match(await admin.text(), /\nengineering -> admin$/));
  }));

test("the engine says what is mapped: by patterns, within conditions, whatever the case; and it follows what is typed", () =>
  withDemo(async (admin) => {
    await panel(admin).getByText("3 groups do nothing yet").waitFor();
    await admin.write("Sales Team -> sales\nnobody && eng* -> developers\nIT Operations -> operators");
    await eventually(async () =>
      assert.deepEqual(await unmapped(admin), ["Marketing Team", "Platform Owners", "sales-team", "Research"]),
    );
    await admin.write("Sales Team -> sales\n!engineering && Engineering => x");
    await admin.page.getByText("Fix the errors first").waitFor();
    await admin.write("engineering && !research -> developers");
    await admin.page.getByRole("radio", { name: /^Ignoring case/ }).check();
    await eventually(async () => assert.deepEqual((await unmapped(admin)).includes("Research"), false));
    assert.deepEqual((await unmapped(admin)).includes("engineering"), false);
  }));

test("sources that nobody had lately are told, each with its place", () =>
  withDemo(async (admin) => {
    await panel(admin).getByText("3 groups do nothing yet").waitFor();
    assert.equal(await panel(admin).locator(".unmet li").count(), 0);
    await admin.write("Engineering && !Contractors -> developers\nSails* -> sales");
    await panel(admin).getByText("2 sources in 0 of 23 tokens of the last 90 days").waitFor();
    assert.deepEqual((await panel(admin).locator(".unmet li").allTextContents()).map(flat), [
      "Contractors line 1",
      "Sails* line 2",
    ]);
    await panel(admin).getByRole("button", { name: "Sails*" }).click();
    await eventually(async () => assert.equal(await selected(admin), "Sails*"));
  }));

test("what a group is called stands wherever the group does, and stays", () =>
  withServer(
    async (admin, { server }) => {
      const { page } = admin;
      await row(admin, "engineers").waitFor({ state: "attached" });
      await panel(admin)
        .getByText(/is mapped$|are mapped$/)
        .first()
        .click();
      await row(admin, "engineers").getByRole("button", { name: "Label" }).click();
      await page.getByRole("textbox", { name: "Label of engineers" }).fill("People who build");
      await page.keyboard.press("Enter");
      await row(admin, "engineers").locator("strong").getByText("People who build").waitFor();
      await admin.expectChanges();
      assert.deepEqual((await admin.api("/claims/labels")).labels, [{ name: "engineers", label: "People who build" }]);

      await page.reload();
      await admin.mapping.focus();
      await page.keyboard.press("Control+End");
      await page.keyboard.type("\npeople");
      await page.getByRole("option", { name: /engineers.*People who build/ }).waitFor();
      await page.keyboard.press("Escape");
      await admin.write("engineers -> developers");
      await page.getByRole("button", { name: "Explain" }).click();
      await page.getByText("People who build").first().waitFor();
      assert.equal(server.output().includes("error"), false);

      await admin.goTo("Preview");
      await page.getByRole("combobox", { name: "A known person" }).fill("eli");
      await page.getByRole("option", { name: /Eli/ }).click();
      await page.locator("match-list").getByText("People who build").first().waitFor();
    },
    { people: ["Eli Engineer"] },
  ));

test("many groups are labelled at once, by a table of two columns", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await panel(admin).getByText("Label many at once").click();
    const field = panel(admin).getByRole("textbox", { name: /^Paste two columns/ });
    await field.fill("nothing");
    await panel(admin).getByRole("button", { name: "Save labels" }).click();
    await panel(admin).getByText("0 labels found.").waitFor();
    await field.fill('sales-team,"Sales, all of them"\nResearch,People in the lab');
    await panel(admin).getByRole("button", { name: "Save labels" }).click();
    await panel(admin).getByText("2 labels saved.").waitFor();
    await page.reload();
    await row(admin, "sales-team").locator("strong").getByText("Sales, all of them").waitFor();
    await row(admin, "Research").locator("strong").getByText("People in the lab").waitFor();
  }));

test("a group that was renamed or deleted at the identity provider is told at its entry", () =>
  withServer(async (admin, { server }) => {
    const { page } = admin;
    const scim = await scimClient(admin, server);
    const sales = await scim("POST", "/Groups", { schemas: [scimGroup], displayName: "Sales Team" });
    const interns = await scim("POST", "/Groups", { schemas: [scimGroup], displayName: "Interns" });
    await rename(scim, sales, "Sales EMEA");
    await scim("DELETE", `/Groups/${interns.id}`);
    await page.reload();
    await admin.write('Sales EMEA -> sales\n"Sales Team" && !Interns -> sales');
    const told = panel(admin).locator(".former li");
    await panel(admin).getByText("2 groups in the mapping were renamed or deleted").waitFor();
    const [renamed, deleted] = (await told.allInnerTexts()).map(flat);
    assert.match(renamed, /^Sales Team line 2 was called this until .+; now it is Sales EMEA$/);
    assert.match(deleted, /^Interns line 2 was deleted on .+$/);
    await panel(admin).getByRole("button", { name: "Sales Team" }).click();
    await eventually(async () => assert.equal(await selected(admin), '"Sales Team"'));
    await admin.write("Sales EMEA -> sales");
    await told.first().waitFor({ state: "detached" });
  }));

test("a group's old name counts until somebody signs in with it after all", () =>
  withServer(
    async (admin, { server, session }) => {
      const scim = await scimClient(admin, server);
      const group = await scim("POST", "/Groups", { schemas: [scimGroup], displayName: "Marketing Team" });
      await rename(scim, group, "Marketing People");
      await admin.page.reload();
      await admin.write("Marketing Team -> marketing");
      const told = panel(admin).locator(".former li");
      await told.getByText("Marketing People").waitFor();

      await signInAs(session, server, "Mara Marketing");
      await admin.page.reload();
      await row(admin, "Marketing Team").waitFor({ state: "attached" });
      assert.equal(await told.count(), 0);
    },
    { people: ["Mara Marketing"] },
  ));

test("where nobody has signed in yet, it says what comes next", () =>
  withServer(async (admin) => {
    await panel(admin)
      .getByText(/^Nobody has signed in with single sign-on yet\./)
      .waitFor();
    await admin.page.getByText(/^No logins yet\./).waitFor();
  }));

test("where a workspace differs by entry, a group that was seen is mapped by an entry of its own", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.choose("Main");
    const section = page.getByRole("region", { name: "Group mapping", exact: true });
    await section.getByRole("button", { name: "Change some entries here" }).click();
    const own = page.getByRole("textbox", { name: "Entries that hold here also" });
    await own.waitFor();
    // What the instance maps counts here too, and what another workspace maps does not.
    const [first, ...others] = ["Design Guild", "sales-team", "Design Systems", "Research", "engineering"];
    await eventually(async () => assert.deepEqual(await unmapped(admin), [first, ...others]));
    await row(admin, "sales-team").getByRole("button", { name: "Map to sales" }).click();
    await eventually(async () => assert.equal(await admin.text(own), "sales-team -> sales"));
    await eventually(async () => assert.equal(await selected(admin), "sales"));
    await eventually(async () => assert.equal((await unmapped(admin)).includes("sales-team"), false));
    await admin.write("sales-team => sales", own);
    await admin.unsaved.getByText("Fix the errors first").waitFor();
    await admin.write("sales-team -> sales\nResearch -> builder", own);
    await eventually(async () =>
      assert.deepEqual(await unmapped(admin), ["Design Guild", "Design Systems", "engineering"]),
    );
    await admin.expectChanges("Main follows the instance's mapping, except for single entries.");
  }));
