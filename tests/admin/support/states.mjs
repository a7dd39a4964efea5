/** What the page can look like; each is brought about from the one before. */
export const states = {
  settings: async ({ mapping }) => mapping.waitFor(),
  "the live preview": async ({ page }) => {
    // Where it has no room beside the mapping, it is a drawer.
    const drawer = page.getByRole("button", { name: "Live preview", exact: true });
    if (await drawer.isVisible()) await drawer.click();
    await page.getByText("Pin a person or a token to see").waitFor();
  },
  "a pinned person": async ({ page }) => {
    await page.getByRole("combobox", { name: "Pin a person" }).fill("mara");
    await page.getByRole("option", { name: /Mara/ }).click();
    await page.getByRole("button", { name: "Why: Mara Marketing" }).click();
    await page.getByText("Pin a token").click();
  },
  "a new workspace": async (admin) => {
    const close = admin.page.getByRole("button", { name: "Close the live preview" });
    if (await close.isVisible()) await close.click();
    await admin.page.getByRole("button", { name: "New workspace" }).click();
    await admin.dialog.getByRole("textbox", { name: "Name" }).fill("Büro Köln");
  },
  "a workspace to be deleted": async ({ page, dialog }) => {
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Delete… Main" }).click();
    await dialog.locator(".note.warning").waitFor();
  },
  "a rejected claim": async (admin) => {
    await admin.page.keyboard.press("Escape");
    const drawer = admin.page.getByRole("button", { name: "Live preview", exact: true });
    if (await drawer.isVisible()) await drawer.click();
    await admin.page.getByRole("button", { name: "Unpin Mara Marketing" }).click();
    const close = admin.page.getByRole("button", { name: "Close the live preview" });
    if (await close.isVisible()) await close.click();
    await admin.claimName.fill("");
    await admin.page.getByRole("alert").waitFor();
  },
  "unsaved changes": async (admin) => {
    await admin.claimName.fill("department");
    await admin.write("Engineering => developers\nx -> nowhere");
    await admin.unsaved.locator("summary").click();
    await admin.unsaved.getByText("needs fixing").waitFor();
  },
  "a workspace": (admin) => admin.choose("Product"),
  "the workspaces to add": async ({ page, dialog }) => {
    await page.getByRole("button", { name: "Add workspace" }).click();
    await dialog.getByRole("button", { name: /^Add Laboratory/ }).waitFor();
  },
  "what is lost": async ({ page, dialog }) => {
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Remove from the sync list" }).click();
    await dialog.locator(".note").waitFor();
  },
  "a preview beside errors": async (admin) => {
    await admin.page.keyboard.press("Escape");
    await admin.goTo("Preview");
    await admin.page.getByRole("textbox", { name: /claims of somebody new/ }).fill('{ "groups": ["Marketing Team"] }');
    await admin.page.getByText("The mapping has errors").waitFor();
  },
  "a claim that nobody sends": async (admin) => {
    await admin.page.getByRole("textbox", { name: /claims of somebody new/ }).fill("");
    await admin.goTo("Settings");
    await admin.choose("Instance");
    await admin.claimName.fill("Groups");
    await admin.page.locator("claim-tokens .note").waitFor();
  },
  "a review of refusals": async (admin) => {
    await admin.claimName.fill("groups");
    await admin.write("nobody -> sales");
    await admin.page
      .getByRole("group", { name: "When no group" })
      .getByRole("radio", { name: /^Refuse/ })
      .check();
    await admin.review();
    await admin.page.getByRole("heading", { name: /^Would be refused/ }).waitFor();
    await admin.page.locator("impact-confirmation input").waitFor();
  },
  review: async (admin) => {
    await admin.goTo("Settings");
    await admin.page
      .getByRole("group", { name: "When no group" })
      .getByRole("radio", { name: /^Give the/ })
      .check();
    await admin.write("Engineering -> developers\nMarketing Team -> sales");
    await admin.review();
    await admin.page.getByText(/known people would change/).waitFor();
  },
  "scenarios that fail": async (admin) => {
    const { page } = admin;
    await page.locator("expectations-review").getByText("Marketing does not build").first().waitFor();
    await page.getByRole("textbox", { name: /type \d+ to save anyway/ }).focus();
  },
  "a file with a mistake": async (admin) => {
    await admin.goTo("Settings");
    const file = { name: "group-sync.json", mimeType: "application/json", buffer: Buffer.from("{ no JSON") };
    await admin.page.locator("settings-transfer input").setInputFiles(file);
    await admin.dialog.getByText("Nothing was imported: 1 mistake in the file.").waitFor();
  },
  "the preview, empty": async (admin) => {
    await admin.page.keyboard.press("Escape");
    await admin.goTo("Preview");
    await admin.page.getByText("Choose a person, or paste claims").waitFor();
  },
  "people to choose from": async ({ page }) => {
    await page.getByRole("combobox", { name: "A known person" }).focus();
    await page.getByRole("option", { name: /Mara/ }).waitFor();
  },
  "a preview": async ({ page }) => {
    await page.getByRole("combobox", { name: "A known person" }).fill("igor");
    await page.getByRole("option", { name: /Igor/ }).click();
    await page.getByText("Igor Ilves can sign in.").waitFor();
  },
  "claims that cannot be read": async ({ page }) => {
    await page.getByRole("textbox", { name: /^Claims of/ }).fill('{ "groups": ');
    await page.getByRole("alert").waitFor();
    // The answer before fades until it goes.
    await page.locator('.stack[aria-busy="false"]').waitFor();
  },
  scenarios: async (admin) => {
    await admin.goTo("Scenarios");
    await admin.page.getByRole("button", { name: "Add a scenario" }).click();
    await admin.page.getByRole("checkbox", { name: "exactly these:" }).check();
  },
  "a guarantee that does not hold": async ({ page }) => {
    await page.getByRole("button", { name: "Add a guarantee" }).click();
    await page.getByText("Somebody in admin alone becomes admin, by its name.").waitFor();
  },
  people: async (admin) => {
    await admin.goTo("People");
    await admin.page.getByRole("link", { name: /^Rosa Research/ }).waitFor();
  },
  "somebody to invite": async ({ page, dialog }) => {
    await page.getByRole("button", { name: "Invite…" }).click();
    await dialog.getByRole("textbox", { name: "E-mail address" }).fill("nora@example.com");
    await dialog.getByRole("checkbox", { name: "As a super admin" }).check();
    await dialog.getByRole("combobox", { name: "Add a workspace…" }).selectOption("Product");
    await dialog.getByRole("combobox", { name: "Role in Product" }).waitFor();
  },
  "an invitation with its link": async ({ dialog }) => {
    await dialog.getByRole("button", { name: "Invite", exact: true }).click();
    await dialog.getByRole("textbox", { name: "Link of the invitation" }).waitFor();
  },
  "somebody who is invited": async ({ page }) => {
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Withdraw the invitation…" }).waitFor();
  },
  "a person": async (admin) => {
    await admin.page.getByRole("link", { name: "All people" }).click();
    await admin.page.getByRole("link", { name: /^Sue Super/ }).click();
    await admin.page.getByRole("button", { name: "Archive…" }).waitFor();
  },
  "the last super admin": async ({ page, dialog }) => {
    await page.getByRole("button", { name: "Archive…" }).click();
    await dialog.locator(".note").waitFor();
  },
  "a reason that is missing": async ({ page, dialog }) => {
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Exempt from sync…" }).click();
    await dialog.getByRole("button", { name: "Exempt", exact: true }).click();
    await dialog.getByText("Enter a reason first.").waitFor();
  },
  "somebody exempt": async ({ page, dialog }) => {
    await dialog.getByRole("textbox", { name: "Reason" }).fill("Emergencies");
    await dialog.getByRole("button", { name: "Exempt", exact: true }).click();
    await page.getByText("Exempt from sync.").waitFor();
  },
  activity: async (admin) => {
    await admin.goTo("Activity");
    await admin.page.getByRole("link", { name: /Rosa Research/ }).waitFor();
  },
  "a login": async (admin) => {
    await admin.page.getByRole("link", { name: /Mo Malformed/ }).click();
    await admin.page.getByRole("article", { name: "Main" }).waitFor();
  },
  "the versions": async (admin) => {
    await admin.goTo("History");
    await admin.page.getByRole("checkbox", { name: "Compare version 3" }).check();
    await admin.page.getByRole("checkbox", { name: "Compare version 1" }).check();
  },
  "two versions": async ({ page }) => {
    await page.getByRole("link", { name: "Compare 1 and 3" }).or(page.getByText("Compare 1 and 3")).first().click();
    await page.getByText("What logins do differently").click();
    await page.getByText("Both mappings as text").click();
    await page.locator("settings-difference section").first().waitFor();
  },
  "a question before a version takes the place of what is unsaved": async ({ page, dialog }) => {
    await page.getByRole("button", { name: "Restore version 1" }).click();
    await dialog.getByText("You have unsaved changes.").waitFor();
  },
  "unsaved changes that are here again": async (admin) => {
    await admin.page.keyboard.press("Escape");
    await admin.goTo("Settings");
    await admin.page.reload();
    await admin.page.getByText("Your unsaved changes are back.").waitFor();
    await admin.mapping.waitFor();
  },
  "discarded changes": async (admin) => {
    await admin.unsaved.getByRole("button", { name: "Discard" }).click();
    await admin.unsaved.getByRole("button", { name: "Undo discarding" }).waitFor();
  },
  "group sync switched off": async (admin) => {
    await admin.goTo("Settings");
    await admin.toggle("Group sync");
    await admin.page.getByText("Off: logins change no roles or groups").waitFor();
  },
  "the first run": async ({ page }) => {
    await page.getByRole("button", { name: "Start with an empty instance" }).click();
    await page.getByRole("combobox", { name: "Sign somebody in" }).waitFor();
  },
  "groups that do nothing yet": async ({ page }) => {
    await page.getByRole("combobox", { name: "Sign somebody in" }).fill("ada");
    await page.getByRole("option", { name: /Ada/ }).click();
    const group = page.locator("seen-group").filter({ hasText: "Platform Owners" });
    await group.getByRole("button", { name: "Map to…" }).click();
    await page.getByRole("combobox", { name: "Map Platform Owners to" }).waitFor();
  },
  "who gets what": async ({ page }) => {
    await page.keyboard.type("admin");
    await page.keyboard.press("Enter");
    await page.getByText("1 of 1 person would get something").waitFor();
    await page.getByText("1 group is mapped").click();
    await page
      .locator("seen-group")
      .filter({ hasText: "Platform Owners" })
      .getByRole("button", { name: "Label" })
      .click();
  },
};
