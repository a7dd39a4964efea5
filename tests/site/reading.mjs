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
    await page
      .getByRole("button", { name: /^Search/ })
      .first()
      .click();
    const field = page.locator("#localsearch-input");
    const results = page.locator(".results .result");
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

const pages = ["", "elements.html", "api/idp-group-sync/functions/readSettingsFile.html"];

for (const width of [390, 320]) {
  test(`nothing is wider than the screen at ${width} px`, async () => {
    await withSite(
      async (page, open) => {
        for (const path of pages) {
          await open(path);
          await page.getByRole("heading", { level: 1 }).waitFor();
          if (path === "") await page.locator("group-sync-preview [part=role]").waitFor();
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, path);
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
