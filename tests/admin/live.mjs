// The live preview: what the settings, as they are typed, do to those who are pinned. The engine in the page says so, and the server only in the
// review, where it has to say the same.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, withDemo, withServer } from "./support/admin-page.mjs";

const pane = ({ page }) => page.getByRole("region", { name: "Live preview" });
const card = (admin, name) => pane(admin).getByRole("article", { name });
/** What a card says below its name. */
const lines = async (admin, name) => (await card(admin, name).getByRole("listitem").allInnerTexts()).map(flat);
const expectLines = (admin, name, ...expected) =>
  eventually(async () => assert.deepEqual(await lines(admin, name), expected));

/** By keyboard. */
async function pin(admin, name) {
  const { page } = admin;
  await pane(admin).getByRole("combobox", { name: "Pin a person" }).focus();
  await page.keyboard.type(name);
  await page.getByRole("option", { name: new RegExp(name, "i") }).waitFor();
  await page.keyboard.press("Enter");
  await card(admin, new RegExp(name, "i")).waitFor();
}

async function pinToken(admin, claims) {
  const claimsField = pane(admin).getByRole("textbox", { name: /Claims as JSON/ });
  if (!(await claimsField.isVisible())) await pane(admin).getByText("Pin a token").click();
  await claimsField.fill(claims);
  await pane(admin).getByRole("button", { name: "Pin", exact: true }).click();
}

test("each keystroke shows what it does to those who are pinned, and asks no server", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      await admin.mapping.waitFor();
      await pane(admin).getByText("Pin a person or a token to see").waitFor();
      await pin(admin, "mara");
      await pin(admin, "eli");
      await expectLines(admin, "Mara Marketing", "no change");
      await expectLines(admin, "Eli Engineer", "no change");
      await pane(admin).getByText("No change for 2 logins").waitFor();

      await admin.write("Engineering -> developers\nMarketing Team -> ");
      const requests = [];
      page.on("request", (request) => requests.push(request.url()));
      await admin.mapping.focus();
      await page.keyboard.press("Control+End");
      for (const letter of "admin") {
        await page.keyboard.press(letter);
        await page.waitForTimeout(40);
      }
      await page.keyboard.press("Escape");
      await expectLines(admin, "Mara Marketing", "Main: end-user → becomes admin, loses marketing");
      await page.keyboard.press("Backspace");
      await expectLines(admin, "Mara Marketing", "Main: loses marketing");
      await pane(admin).getByRole("status").filter({ hasText: "Mara Marketing: loses marketing." }).waitFor();
      assert.deepEqual(requests, [], "typing makes no request");

      await page.reload();
      await admin.mapping.waitFor();
      await expectLines(admin, "Mara Marketing", "Main: loses marketing");
      await card(admin, "Mara Marketing").getByRole("button", { name: "Unpin Mara Marketing" }).click();
      await card(admin, "Mara Marketing").waitFor({ state: "detached" });
      await card(admin, "Eli Engineer").waitFor();
    },
    { people: ["Mara Marketing", "Eli Engineer"] },
  ));

test("a claim that no token has ever had takes nothing from anybody, and the server says the same", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      await admin.mapping.waitFor();
      await pin(admin, "mara");
      await admin.claimName.fill("gruops");
      await page.locator("claim-tokens").getByText("While no token has ever had it, logins change nothing.").waitFor();
      await expectLines(admin, "Mara Marketing", "no change");
      await card(admin, "Mara Marketing").getByRole("button", { name: "Why: Mara Marketing" }).click();
      await pane(admin).getByText("No token has ever had this claim, so nothing is taken away.").first().waitFor();
      await admin.review();
      await page.getByText("The server decides 1 login as this page does.").waitFor();
    },
    { people: ["Mara Marketing"] },
  ));

test("tokens are pinned for as long as the tab is open; whoever would be kept out is told of, and why is one click away", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.mapping.waitFor();
    await pinToken(admin, '{ "name": "New Nora", "groups": ["Marketing Team"] }');
    await pinToken(admin, '{ "groups": ["Unheard"] }');
    await expectLines(admin, "Token of New Nora", "Main: gets end-user, joins marketing");
    await expectLines(admin, "Token 2", "Main: gets end-user");
    await page
      .getByRole("group", { name: "When no group" })
      .getByRole("radio", { name: /^Refuse/ })
      .check();
    await eventually(async () => assert.match((await lines(admin, "Token 2")).join(), /^kept out\./));

    await pin(admin, "mara");
    await card(admin, "Mara Marketing").getByRole("button", { name: "Why: Mara Marketing" }).click();
    const main = pane(admin).getByRole("article", { name: "Main" });
    await main.getByRole("button", { name: /^Add to the mapping ?: sales-team/ }).click();
    await expectLines(admin, "Mara Marketing", "Main: joins sales");
    await main.getByRole("button", { name: /sales-team -> sales/ }).click();
    await admin.expectChanges("The mapping for the instance is changed.", "The choices for the instance are changed.");

    const again = await page.context().newPage();
    await again.goto(page.url());
    await again.getByRole("article", { name: "Mara Marketing" }).waitFor();
    assert.equal(await again.getByRole("article", { name: /^Token/ }).count(), 0);
  }));

test("a text with an error keeps what the last one without did", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.mapping.waitFor();
    await pin(admin, "mara");
    await admin.write("Marketing Team -> sales");
    await expectLines(admin, "Mara Marketing", "Main: joins sales, loses marketing");
    await admin.mapping.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.type("\nx -");
    await pane(admin).getByText("The text has an error.").waitFor();
    await expectLines(admin, "Mara Marketing", "Main: joins sales, loses marketing");
    await page.keyboard.type("> marketing");
    await pane(admin).getByText("The text has an error.").waitFor({ state: "detached" });
  }));

for (const width of [768, 390]) {
  test(`in ${width} pixels it is a drawer, and neither it nor the bar hides a line`, () =>
    withDemo(
      async (admin) => {
        const { page } = admin;
        await admin.mapping.waitFor();
        assert.equal(await pane(admin).count(), 0);
        const button = page.getByRole("button", { name: "Live preview", exact: true });
        await button.focus();
        await page.keyboard.press("Enter");
        await pin(admin, "mara");
        await admin.write(Array.from({ length: 30 }, (_, line) => `Group ${line} -> sales`).join("\n"));
        // Also when the bar comes with the first letter.
        await admin.unsaved.waitFor();
        const top = (await pane(admin).boundingBox()).y;
        await eventually(async () => {
          const cursor = await page.evaluate(cursorBox);
          assert.ok(
            cursor.bottom <= top,
            `the cursor's line ends at ${cursor.bottom}, and the drawer begins at ${top}`,
          );
        });
        const end = await page.evaluate(lastLine);
        assert.ok(end <= top, `scrolled to the end, the page ends at ${end}, and the drawer begins at ${top}`);

        await pane(admin).getByRole("combobox", { name: "Pin a person" }).focus();
        await page.keyboard.press("Escape");
        if (await pane(admin).count()) await page.keyboard.press("Escape");
        await pane(admin).waitFor({ state: "detached" });
        assert.equal(await page.evaluate(focused), "Live preview");
        const bar = (await admin.unsaved.boundingBox()).y;
        const last = await page.evaluate(lastLine);
        assert.ok(last <= bar, `scrolled to the end, the page ends at ${last}, and the bar begins at ${bar}`);
      },
      { width, height: 844 },
    ));
}

test("the review asks the server for the same, and saves nothing where it decides otherwise", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      await admin.mapping.waitFor();
      await pin(admin, "mara");
      await admin.write("Engineering -> developers\nMarketing Team -> sales");
      await admin.review();
      await page.getByText("The server decides 1 login as this page does.").waitFor();
      await eventually(async () => assert.equal(await admin.save.isEnabled(), true));

      await page.route("**/api/preview", async (route) => {
        const response = await route.fetch();
        const answer = await response.json();
        answer.outcome.workspaces.find(({ id }) => id === "main").plan.join = ["marketing"];
        await route.fulfill({ response, json: answer });
      });
      await admin.goTo("Settings");
      await admin.review();
      const told = page.getByRole("alert").filter({ hasText: "The server decides differently from this page" });
      await told.getByRole("listitem").filter({ hasText: "Mara Marketing: Main" }).waitFor();
      assert.equal(await admin.save.isDisabled(), true);

      await page.unroute("**/api/preview");
      await admin.goTo("Settings");
      await admin.review();
      await eventually(async () => assert.equal(await admin.save.isEnabled(), true));
    },
    { people: ["Mara Marketing"] },
  ));

/** Run in the page. */
function cursorBox() {
  const inside = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.matches(".cm-cursor-primary")) return element;
      const found = element.shadowRoot && inside(element.shadowRoot);
      if (found) return found;
    }
    return null;
  };
  const { top, bottom } = inside(document).getBoundingClientRect();
  return { top, bottom };
}

function lastLine() {
  scrollTo(0, document.documentElement.scrollHeight);
  const view = document.querySelector("admin-page").shadowRoot.querySelector("settings-view");
  return view.shadowRoot.querySelector("instance-settings").getBoundingClientRect().bottom;
}

function focused() {
  let root = document;
  while (root.activeElement?.shadowRoot) root = root.activeElement.shadowRoot;
  return root.activeElement?.textContent.trim();
}
