// A run over the whole directory: held when the directory is wiped, looked at, and dismissed.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { AdminPage, eventually, flat, withDemo, withServer } from "./support/admin-page.mjs";
import { expectSound } from "./support/sound.mjs";

/** What its page at `/accounts` is sent. */
async function atProvider(output, form) {
  const address = /http:\/\/localhost:\d+\/accounts/.exec(output)?.[0];
  assert.ok(address);
  const answer = await fetch(address, { method: "POST", body: new URLSearchParams(form), redirect: "manual" });
  assert.equal(answer.status, 303);
}

async function runNow({ page, address }) {
  await page.goto(`${address}#/directory`);
  await page.getByRole("button", { name: "Run now" }).click();
}

/** Waits until the run that is looked at has this status. */
async function becomes(page, status) {
  await page
    .locator("directory-run .badge", { hasText: new RegExp(`^${status}$`) })
    .first()
    .waitFor();
}

/** What the list of the run that is looked at says, a line for each person. */
async function expectListed(page, ...lines) {
  const rows = page.locator("directory-run li.change");
  await eventually(async () => {
    const texts = await Promise.all((await rows.all()).map((row) => row.innerText()));
    assert.deepEqual(texts.map(flat), lines);
  });
}

test("a wiped directory is held, the page says so everywhere until it is dismissed", () =>
  withServer(async (admin, { server }) => {
    const { page } = admin;
    const provider = (form) => atProvider(server.output(), form);
    const users = async () => (await admin.api("/users?limit=200")).users;
    const archived = async () => (await users()).filter(({ archivedBySync }) => archivedBySync).length;

    await provider({ wiped: "true" });
    await admin.goTo("Activity");
    await page.getByRole("link", { name: "Runs over whole directories" }).click();
    await page.getByRole("button", { name: "Run now" }).click();
    await page.getByText("The directory lists nobody.").waitFor();
    assert.equal((await admin.api("/reconcile-runs")).held.length, 1);
    assert.equal(await archived(), 0);

    // It is told on every view until somebody has decided.
    await admin.goTo("Settings");
    await page.getByRole("link", { name: "Look at it" }).click();
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.locator("directory-run .badge", { hasText: "dismissed" }).waitFor();
    await admin.goTo("Settings");
    await eventually(async () => assert.equal(await page.getByRole("link", { name: "Look at it" }).count(), 0));
    assert.equal(await archived(), 0);

    // Back again, there is nobody to archive.
    await provider({ wiped: "false" });
    const again = async () => {
      await page.goto(`${server.address}/admin/#/directory`);
      await page.getByRole("button", { name: "Run now" }).click();
    };
    await again();
    await page.locator("directory-run .badge", { hasText: "done" }).waitFor();
    assert.equal((await admin.api("/reconcile-runs")).runs[0].summary.archived, 0);
    await again();
    await page.locator("directory-run").getByText("nothing to do").waitFor();
  }));

test("a held run says who would lose what, is applied with their number and a reason, and whoever is back is restored", () =>
  withServer(
    async (admin, { server }) => {
      const { page, dialog } = admin;
      const provider = (form) => atProvider(server.output(), form);
      const archived = async () => {
        const { users } = await admin.api("/users?limit=200");
        return users.filter(({ archivedBySync }) => archivedBySync).map(({ name }) => name);
      };

      await admin.goTo("People");
      await page.getByRole("link", { name: /^Eve Enduser/ }).click();
      await page.getByRole("button", { name: "Exempt from sync…" }).click();
      await dialog.getByRole("textbox", { name: "Reason" }).fill("Emergencies");
      await dialog.getByRole("button", { name: "Exempt", exact: true }).click();
      await page.getByText("Exempt from sync.", { exact: true }).waitFor();

      // Whoever is exempt is not among them.
      await provider({ wiped: "true" });
      await runNow(admin);
      await becomes(page, "held");
      await page.getByText("3 of 5 people would lose something.").waitFor();
      const people = ["Ada Admin", "Mara Marketing", "Olga Operator"];
      await expectListed(page, ...people.map((name) => `${name} archive Not in the directory.`));
      const filter = page.getByRole("combobox", { name: "Show" });
      await filter.selectOption("restored");
      await page.getByText("No people match.").waitFor();
      await expectListed(page);
      await filter.selectOption("who loses something");
      await expectListed(page, ...people.map((name) => `${name} archive Not in the directory.`));
      assert.deepEqual(await archived(), []);
      // By the menu, which loads the words; from then on they are there at once.
      const spoken = page.locator("admin-page header select");
      for (const language of ["de", "fr", "en"]) {
        await spoken.selectOption(language);
        await page.waitForFunction((lang) => document.documentElement.lang === lang, language);
      }
      await expectSound(page, "the run that is held");

      // The number alone is not enough, nor is the reason with another number.
      await page.getByRole("button", { name: "Apply anyway" }).click();
      await expectSound(page, "the question");
      const apply = dialog.getByRole("button", { name: "Apply anyway" });
      const [typed, why] = [/^Type the number/, /^Reason/].map((name) => dialog.getByRole("textbox", { name }));
      await typed.fill("3");
      assert.ok(await apply.isDisabled());
      await why.fill("The company was sold");
      await typed.fill("5");
      assert.ok(await apply.isDisabled());
      await typed.fill("3");
      await apply.click();
      await becomes(page, "done");
      await page.getByText("The company was sold").waitFor();
      await expectListed(page, ...people.map((name) => `${name} archived Not in the directory. in the activity`));
      assert.deepEqual((await archived()).sort(), people);
      await page.getByRole("link", { name: "in the activity" }).first().click();
      await page.getByText("Account archived").waitFor();
      await page.getByText("The company was sold").waitFor();

      await provider({ wiped: "false" });
      await runNow(admin);
      await becomes(page, "done");
      await page.getByText("3 to restore; 0 lose something. 3 carried out.").waitFor();
      await page.getByRole("link", { name: "All runs" }).click();
      await page.getByRole("button", { name: "Run now" }).waitFor();
      await expectSound(page, "the list of runs");
      assert.deepEqual(await archived(), []);
    },
    { people: ["Ada Admin", "Eve Enduser", "Mara Marketing", "Olga Operator"] },
  ));

test("the last super admin stays when a run over a directory without anybody is applied", () =>
  withServer(
    async (sue, { server, session }) => {
      const provider = (form) => atProvider(server.output(), form);
      const { link } = await sue.post("/users", { email: "ada@example.com", superAdmin: true });
      const own = await session.browser().newContext({ locale: "en-GB", reducedMotion: "reduce" });
      try {
        const page = await own.newPage();
        await page.goto(link);
        await page.getByRole("button", { name: "Ada Admin" }).click();
        await page.waitForURL(`${server.address}/`);
        const admin = new AdminPage(page, `${server.address}/admin/`, []);
        await admin.open();
        const { dialog } = admin;
        const superAdmins = async () => {
          const { users } = await admin.api("/users?limit=200");
          return users.filter(({ superAdmin }) => superAdmin).map(({ name, status }) => `${name} ${status}`);
        };
        const { users } = await admin.api("/users?search=super@example.com");
        await admin.post(`/users/${users[0].id}/archive`, { note: "left" });
        const alone = ["Sue Super archived", "Ada Admin active"];
        assert.deepEqual(await superAdmins(), alone);

        await provider({ wiped: "true" });
        await runNow(admin);
        await becomes(page, "held");
        await expectListed(
          page,
          "Eve Enduser archive Not in the directory.",
          "Ada Admin kept The last super admin stays.",
        );
        await page.getByRole("button", { name: "Apply anyway" }).click();
        await dialog.getByRole("textbox", { name: /^Type the number/ }).fill("1");
        await dialog.getByRole("textbox", { name: /^Reason/ }).fill("They have all left");
        await dialog.getByRole("button", { name: "Apply anyway" }).click();
        await becomes(page, "done");
        await expectListed(
          page,
          "Eve Enduser archived Not in the directory. in the activity",
          "Ada Admin kept by a guard The last super admin stays. in the activity",
        );

        // She is still in, and everybody else is out.
        await page.reload();
        await becomes(page, "done");
        assert.deepEqual(await superAdmins(), alone);
        assert.equal((await admin.api("/users?search=eve")).users[0].archivedBySync, true);
      } finally {
        await own.close();
      }
    },
    { people: ["Eve Enduser"] },
  ));

test("a group is renamed in the directory, and who was in it follows with the next run", () =>
  withServer(
    async (admin, { server }) => {
      const { page } = admin;
      await atProvider(server.output(), { group: "operators", name: "engineers" });
      await runNow(admin);
      await becomes(page, "done");
      await expectListed(
        page,
        "Olga Operator changed Main Became end-user; was builder before. Joined engineers. Left operators. Product Got the role builder. Joined developers. in the activity",
      );
    },
    { people: ["Olga Operator"] },
  ));

test("earlier runs are shown page by page, and stay while the list is asked for anew", () =>
  withServer(async (admin) => {
    const { page } = admin;
    const runs = [];
    for (let index = 0; index < 23; index += 1) {
      const { run } = await admin.post("/reconcile-runs", {});
      runs.unshift(run.id);
      const status = async () => (await admin.api(`/reconcile-runs/${run.id}`)).run.status;
      await eventually(async () => assert.equal(await status(), "done"));
    }
    await admin.goTo("Activity");
    await page.getByRole("link", { name: "Runs over whole directories" }).click();
    const shown = page.getByRole("region", { name: "Runs" }).getByRole("link");
    const expectShown = (expected) =>
      eventually(async () => {
        const links = await shown.evaluateAll((all) => all.map((link) => Number(link.hash.split("/").at(-1))));
        assert.deepEqual(links, expected);
      });
    await expectShown(runs.slice(0, 20));
    await page.getByRole("button", { name: "Show earlier runs" }).click();
    await expectShown(runs);
    await expectSound(page, "all runs");

    // Whoever comes back finds a run that began meanwhile, and those that they had before.
    await shown.last().click();
    await becomes(page, "done");
    const { run } = await admin.post("/reconcile-runs", {});
    await page.getByRole("link", { name: "All runs" }).click();
    await expectShown([run.id, ...runs]);
    assert.equal(await page.getByRole("button", { name: "Show earlier runs" }).count(), 0);
  }));

test("a run that fails is in the activity with its reason, and is found by it", () =>
  withServer(
    async (admin) => {
      const { page } = admin;
      const refusing = createServer((_request, response) => response.writeHead(401).end()).listen(0, "localhost");
      await once(refusing, "listening");
      try {
        const url = `http://localhost:${refusing.address().port}`;
        const settings = {
          enabled: true,
          clientId: "the-server",
          scope: "openid",
          claimsFrom: [],
          scimGroups: "displayName",
        };
        const directory = { kind: "okta", url, apiToken: "withdrawn" };
        await admin.post("/providers", {
          ...settings,
          name: "Partners",
          issuer: "https://id.partners.example",
          directory,
        });
        await page.goto(`${admin.address}#/directory`);
        await page.getByRole("button", { name: "Run now: Partners" }).click();
        await becomes(page, "failed");
        await admin.goTo("Activity");
        const found = page.getByRole("region", { name: "Logins" }).getByRole("listitem");
        const expectFound = (...texts) =>
          eventually(async () => {
            const rows = await found.getByRole("link").all();
            const shown = await Promise.all(rows.map((row) => row.locator("> :not(time)").allInnerTexts()));
            assert.deepEqual(
              shown.map((parts) => flat(parts.join(" "))),
              texts,
            );
          });
        const failed = "Directory of Partners failed The directory could not be read, so nothing was changed.";
        const [outcome, reason] = ["Outcome", "Reason"].map((name) => page.getByRole("combobox", { name }));
        await outcome.selectOption("refused or failed");
        await expectFound(failed);
        await outcome.selectOption("changed something");
        await page.getByText("No logins match these filters.").waitFor();
        await outcome.selectOption("any");
        await reason.selectOption("The directory could not be read, so nothing was changed.");
        await expectFound(failed);
        await expectSound(page, "the activity with a run that failed");
        await found.getByRole("link").click();
        await page.getByRole("heading", { name: "Directory of Partners" }).waitFor();
        await page.getByText("This run over the directory failed.").waitFor();
        await page.getByText("the provider answered with status 401").waitFor();
        await page.getByText(/^reconcile-\d+$/).waitFor();
        await expectSound(page, "the entry of a run that failed");
      } finally {
        refusing.close();
      }
    },
    { environment: { ENCRYPTION_KEYS: randomBytes(32).toString("base64") } },
  ));

test("the demonstration has no directory, and says nothing of one", () =>
  withDemo(async (admin) => {
    await admin.goTo("Activity");
    await admin.page.getByRole("heading", { name: "Activity" }).waitFor();
    assert.equal(await admin.page.getByText("Runs over whole directories").count(), 0);
  }));
