// The pages in a browser.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { violations } from "../support/axe.mjs";
import { openSite, withSite } from "./open-site.mjs";

test("the first page decides what is typed, and says why", async () => {
  await withSite(async (page) => {
    const preview = page.locator("group-sync-preview");
    await preview.locator("[part=role]").getByText("editor", { exact: true }).waitFor();
    assert.deepEqual(await preview.locator(".groups li").allTextContents().then(trimmed), ["marketing", "support"]);
    await preview.getByText("Sales Team", { exact: false }).first().waitFor();

    await page.getByRole("textbox", { name: "Group mapping" }).focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.insertText("\nsales-team -> owner");
    await preview.locator("[part=role]").getByText("owner", { exact: true }).waitFor();

    await page.getByRole("textbox", { name: /groups at the identity provider/ }).fill("Sales Team");
    await preview.locator("[part=role]").getByText("member", { exact: true }).waitFor();
    assert.deepEqual(await preview.locator(".groups li").allTextContents().then(trimmed), ["sales"]);
  });
});

const trimmed = (texts) => texts.map((text) => text.trim());

test("the bars say where a reader is, and lead from one entry of the packages to another", async () => {
  await withSite(async (page, open) => {
    const isHere = async (part, name) => {
      await page.locator(".VPNavBarMenu .active", { hasText: part }).waitFor();
      await page.locator(".VPSidebarItem.is-active > .item", { hasText: name }).waitFor();
    };
    await open("application.html");
    await isHere("Guides", "Get started");
    await open("api/idp-group-sync/app/functions/defineGroupSync.html");
    await isHere("API", "defineGroupSync");
    const sidebar = page.getByRole("navigation", { name: "Sidebar Navigation" });
    await sidebar.getByRole("link", { name: "idp-group-sync/store/pg", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: /^idp-group-sync\/store\/pg/ }).waitFor();
    await sidebar.getByRole("link", { name: "pgStore" }).click();
    await page.getByRole("heading", { level: 1, name: /pgStore/ }).waitFor();
    await isHere("API", "pgStore");
  });
});

test("search finds a term in a guide and a name in the API first, and leads there", async () => {
  await withSite(async (page) => {
    const { field, results } = await openSearch(page);
    for (const [name, title] of [
      ["parseMapping", "Function: parseMapping"],
      ["GroupSync", "Class: GroupSync"],
    ]) {
      await field.fill(name);
      await results.first().filter({ hasText: title }).waitFor();
    }
    await field.fill("overage");
    await results.filter({ hasText: "Claims" }).first().click();
    await page.waitForURL(/\/claims\.html#/);
    await page.getByRole("heading", { level: 1, name: /^Claims/ }).waitFor();
  });
});

test("the index of the API says of each entry what it is for, in groups", async () => {
  await withSite(async (page, open) => {
    await open("api/");
    const headings = page.locator(".vp-doc h2");
    await headings.first().waitFor();
    const groups = await headings.evaluateAll((all) => all.map(({ id }) => id));
    assert.deepEqual(groups, ["your-application", "stores", "the-engine", "custom-elements"]);
    const rows = await page
      .locator(".vp-doc tbody tr")
      .evaluateAll((all) => all.map(({ cells }) => [...cells].map((cell) => cell.innerText.trim())));
    assert.ok(rows.some(([entry]) => entry === "idp-group-sync/slim"));
    for (const [entry, purpose] of rows) assert.match(purpose, /\w .*\.$/, entry);
  });
});

/** What people type, and the page that answers it. */
const questions = [
  ["nested groups", "claims#nested-groups"],
  ["last admin", "planning#last-admin"],
  ["groups claim missing", "diagnostics#claim-missing"],
  ["overage", "claims#overage"],
  ["wildcard", "mapping#patterns"],
  ["regex", "mapping#patterns"],
  ["lockout", "planning#last-admin"],
  ["prisma", "application#stores"],
  ["mysql", "application#stores"],
  ["back-channel logout", "server/"],
  ["scim okta", "scim#okta"],
  ["azure ad", "claims#entra-id"],
  ["offboarding", "reconciling"],
  ["dry run", "application"],
  ["audit log", "application#the-audit-log"],
  ["postgres", "application"],
  ["getting started", "application"],
  ["csp", "javascript"],
  ["docker", "operations#container"],
];

test("what people ask is answered among the first three results", async () => {
  await withSite(async (page) => {
    const { field, results } = await openSearch(page);
    for (const [question, answer] of questions) {
      await field.fill("");
      await results.first().waitFor({ state: "detached" });
      await field.fill(question);
      await results.first().waitFor();
      const links = await results.evaluateAll((all) => all.slice(0, 3).map((link) => link.pathname + link.hash));
      assert.ok(
        links.some((link) => link.replace(".html", "").startsWith(`/${answer}`)),
        `${question}: ${links.join(" ")}`,
      );
    }
  });
});

test("an address that is wrong at any depth leads to the page that says so", async () => {
  const { folder, browser, address } = await openSite();
  const page = await browser.newPage();
  try {
    await page.route("**/functions/*", (route) => route.fulfill({ status: 404, path: join(folder, "404.html") }));
    await page.goto(`${address}api/functions/nothing`);
    await page.getByText("There is no such page").waitFor();
    await page.getByRole("link", { name: "To the first page" }).click();
    await page.getByRole("heading", { level: 1, name: /^From identity provider groups/ }).waitFor();
  } finally {
    await page.close();
  }
});

const pages = [
  "",
  "compare.html",
  "elements.html",
  "server/",
  "api/",
  "api/idp-group-sync/functions/readSettingsFile.html",
];

/** Tables of sentences that have to be scrolled sideways. */
const wideTables = () =>
  [...document.querySelectorAll(".vp-doc table.stacked")]
    .filter((table) => table.scrollWidth > table.clientWidth)
    .map((table) => table.innerText.slice(0, 80));

for (const width of [390, 320]) {
  test(`nothing is wider than the screen at ${width} px`, async () => {
    await withSite(
      async (page, open) => {
        for (const path of pages) {
          await open(path);
          await page.getByRole("heading", { level: 1 }).waitFor();
          if (path === "") await page.locator("group-sync-preview [part=role]").waitFor();
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, path);
          assert.deepEqual(await page.evaluate(wideTables), [], path);
        }
      },
      { width, height: 800 },
    );
  });
}

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing on the first page: ${colorScheme}`, async () => {
    await withSite(
      async (page) => {
        await page.locator("group-sync-preview [part=role]").waitFor();
        assert.deepEqual(await violations(page), []);
      },
      { colorScheme },
    );
  });
}

async function openSearch(page) {
  await page
    .getByRole("button", { name: /^Search/ })
    .first()
    .click();
  return { field: page.locator("#localsearch-input"), results: page.locator(".results .result") };
}
