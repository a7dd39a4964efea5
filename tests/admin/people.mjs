// Everybody who is known: found, opened, archived, restored, invited and exempted, each with what it comes to and a reason.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, signInAs, withDemo, withServer } from "./support/admin-page.mjs";
import { focused, reach } from "./support/keyboard.mjs";

const list = ({ page }) => page.getByRole("region", { name: "People" }).getByRole("listitem");
const expectWho = (admin, ...names) =>
  eventually(async () => assert.deepEqual((await list(admin).locator(".who").allTextContents()).map(flat), names));
const open = async (admin, name) => {
  await admin.goTo("People");
  await list(admin).getByRole("link", { name }).click();
  await admin.page.getByRole("heading", { name, level: 1 }).waitFor();
};

test("somebody is archived with a reason, told so at their next login, and restored; the activity has both", () =>
  withServer(
    async (admin, { session, server }) => {
      const { page, dialog } = admin;
      await open(admin, "Eli Engineer");
      const has = page.locator("person-page .card").filter({ hasText: "What they have" });
      assert.match(flat(await has.innerText()), /Main role end-user by sync engineers by sync/);
      await page.getByText('"engineers"').waitFor();

      await page.getByRole("button", { name: "Archive…" }).click();
      await dialog.getByText("They are signed out at once (1 session).").waitFor();
      await dialog.getByRole("button", { name: "Archive", exact: true }).click();
      await dialog.getByText("Enter a reason first.").waitFor();
      await dialog.getByRole("textbox", { name: "Reason" }).fill("left the company");
      await dialog.getByRole("button", { name: "Archive", exact: true }).click();
      await page.getByText("Archived.", { exact: true }).waitFor();
      await page.getByText("archived by hand").waitFor();
      await page.getByText("left the company").waitFor();
      assert.match(await signInAs(session, server, "Eli Engineer", { refused: true }), /archived/);

      await admin.goTo("People");
      await page.getByRole("combobox", { name: "Show" }).selectOption("archived by hand");
      await eventually(async () => assert.ok((await list(admin).allTextContents()).some((text) => /Eli/.test(text))));
      await page.getByRole("combobox", { name: "Show" }).selectOption("archived by a sync");
      await page.getByText("No people match.").waitFor();
      await page.goBack();
      await page.getByRole("button", { name: "Restore…" }).click();
      await dialog.getByText("They take a seat.").waitFor();
      await dialog.getByRole("button", { name: "Restore", exact: true }).click();
      await page.getByText("Restored.", { exact: true }).waitFor();
      assert.match(await signInAs(session, server, "Eli Engineer"), /engineers/);

      await page.getByRole("link", { name: "Their activity" }).click();
      const logins = page.getByRole("region", { name: "Logins" }).getByRole("listitem");
      await eventually(async () => assert.equal(await logins.count(), 5));
      const told = (await logins.allTextContents()).map(flat).join("\n");
      assert.match(told, /Account restored/);
      assert.ok((await logins.locator(".who").allTextContents()).every((who) => flat(who) === "Eli Engineer"));
      await logins.filter({ hasText: "Account archived" }).getByRole("link").click();
      await page.getByText("left the company").waitFor();
    },
    { people: ["Eli Engineer"] },
  ));

test("the last super admin stays, and says so beforehand; a workspace's last admin goes only after a warning", () =>
  withServer(
    async (admin) => {
      const { page, dialog } = admin;
      await open(admin, "Sue Super");
      await page.getByRole("button", { name: "Archive…" }).click();
      await dialog.getByText("This is the last super admin who can sign in.").waitFor();
      assert.equal(await dialog.getByRole("button", { name: "Archive", exact: true }).count(), 0);
      await dialog.getByRole("button", { name: "Cancel" }).click();

      await open(admin, "Ada Admin");
      await page.getByRole("button", { name: "Archive…" }).click();
      await dialog.getByText(/^This leaves .* without an admin\.$/).waitFor();
      await dialog.getByRole("textbox", { name: "Reason" }).fill("left");
      await dialog.getByRole("button", { name: "Archive anyway" }).click();
      await page.getByText("archived by hand").waitFor();
    },
    { people: ["Ada Admin"] },
  ));

test("a super admin is invited by a link that is shown once; an address that somebody has leads to them", () =>
  withServer(async (admin) => {
    const { page, dialog } = admin;
    await admin.goTo("People");
    await page.getByRole("button", { name: "Invite…" }).click();
    const address = dialog.getByRole("textbox", { name: "E-mail address" });
    for (const wrong of ["", "nobody", "a b@example.com"]) {
      await address.fill(wrong);
      await dialog.getByRole("button", { name: "Invite", exact: true }).click();
      await dialog.getByText("Check the e-mail address").waitFor();
    }
    await address.fill("SUPER@example.com");
    await dialog.getByRole("button", { name: "Invite", exact: true }).click();
    await dialog.getByText("Somebody already has this address.").waitFor();
    // The browser complains about each that was refused.
    admin.complaints.splice(0);
    await dialog.getByRole("link", { name: "Open" }).click();
    await page.getByRole("heading", { name: "Sue Super", level: 1 }).waitFor();

    await page.getByRole("link", { name: "All people" }).click();
    await page.getByRole("button", { name: "Invite…" }).click();
    await address.fill("nora@example.com");
    await dialog.getByRole("checkbox", { name: "As a super admin" }).check();
    await dialog.getByRole("combobox", { name: "Add a workspace…" }).selectOption("Product");
    await dialog.getByRole("combobox", { name: "Role in Product" }).selectOption("builder");
    await dialog.getByRole("button", { name: "Invite", exact: true }).click();
    const link = await dialog.getByRole("textbox", { name: "Link of the invitation" }).inputValue();
    assert.match(link, /\/sign-in\/oidc\?invitation=[\w-]{43}$/);
    await dialog.getByRole("button", { name: "Close" }).click();
    await page.getByRole("heading", { name: "nora@example.com", level: 1 }).waitFor();
    assert.ok(!(await page.content()).includes(link.slice(-43)));

    await page.getByRole("button", { name: "New link…" }).click();
    await dialog.getByRole("button", { name: "Make a new link" }).click();
    assert.notEqual(await dialog.getByRole("textbox", { name: "Link of the invitation" }).inputValue(), link);
    await dialog.getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Withdraw the invitation…" }).click();
    await dialog.getByRole("textbox", { name: "Reason" }).fill("a mistake");
    await dialog.getByRole("button", { name: "Withdraw", exact: true }).click();
    await page.getByRole("button", { name: "Restore…" }).waitFor();
  }));

test("in the demonstration too, by keyboard: found, exempted, no longer told about, and the focus stays near", () =>
  withDemo(async (admin) => {
    const { page, dialog } = admin;
    const { keyboard } = page;
    await keyboard.press("g");
    await keyboard.press("u");
    const hint = page.getByText("No super admin is exempt from sync yet.");
    await hint.waitFor();
    await keyboard.press("/");
    await eventually(async () => assert.equal(await focused(page), "Name or e-mail address"));
    await keyboard.insertText("sue@");
    await expectWho(admin, "Sue Super");
    await reach(page, /^Sue Super/);
    await keyboard.press("Enter");
    await page.getByRole("heading", { name: "Sue Super", level: 1 }).waitFor();
    await reach(page, "Exempt from sync…");
    await keyboard.press("Enter");
    await dialog.getByText("No sync archives or restores them.").waitFor();
    await reach(page, "Reason");
    await keyboard.insertText("emergencies");
    await reach(page, "Exempt");
    await keyboard.press("Enter");
    await page.getByText("Exempt from sync.", { exact: true }).waitFor();
    await eventually(async () => assert.match((await focused(page)) ?? "", /Sue Super|Sync again…/));
    await admin.goTo("People");
    await page.getByRole("combobox", { name: "Show" }).selectOption("exempt from sync");
    await expectWho(admin, "Sue Super");
    assert.equal(await hint.count(), 0);

    await keyboard.press("Control+k");
    await eventually(async () => assert.equal(await focused(page), "Search commands, workspaces, entries, people"));
    await keyboard.insertText("invite");
    await keyboard.press("Enter");
    await dialog.getByRole("heading", { name: "Invite somebody" }).waitFor();
    await dialog.getByRole("textbox", { name: "E-mail address" }).fill("nora@example.com");
    await dialog.getByRole("button", { name: "Invite", exact: true }).click();
    await dialog.getByText("nora@example.com is invited. No mail was sent").waitFor();
    await keyboard.press("Escape");
    await page.getByRole("heading", { name: "nora@example.com", level: 1 }).waitFor();
  }));
