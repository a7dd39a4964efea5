// What is pasted stays in the page. That no test's page asked another origin for anything is held by withPage.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "../support/eventually.mjs";
import { withPage } from "./open-page.mjs";

test("the browser itself keeps the page from talking to another host", () =>
  withPage(async ({ page, complaints }) => {
    await page.evaluate(async () => {
      globalThis.blocked = [];
      document.addEventListener("securitypolicyviolation", (event) =>
        globalThis.blocked.push(event.effectiveDirective),
      );
      await fetch("https://example.com/").catch(() => {});
      navigator.sendBeacon("https://example.com/");
    });
    await eventually(async () =>
      assert.deepEqual(await page.evaluate(() => globalThis.blocked), ["connect-src", "connect-src"]),
    );
    // The refusals are written to the console, as they should be.
    complaints.length = 0;
  }));

test("icons come with the page", () =>
  withPage(async ({ page }) => {
    await page.locator("theme-toggle wa-icon svg").waitFor();
    const empty = await page.evaluate(() => {
      const icons = [];
      const visit = (root) => {
        for (const element of root.querySelectorAll("*")) {
          if (element.localName === "wa-icon") icons.push(element);
          if (element.shadowRoot) visit(element.shadowRoot);
        }
      };
      visit(document);
      return icons.filter((icon) => !icon.shadowRoot.querySelector("svg *")).map((icon) => icon.name);
    });
    assert.deepEqual(empty, []);
  }));

test("nothing of the token is kept in the browser", () =>
  withPage(async (preview) => {
    await preview.write(preview.token, '{ "groups": ["a-secret-group"] }');
    await preview.expectOutcome({ headline: "No IdP group matches" });
    const kept = await preview.page.evaluate(async () => ({
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: await indexedDB.databases(),
      cookies: document.cookie,
      address: location.href.includes("secret"),
    }));
    assert.deepEqual(kept, { local: [], session: [], databases: [], cookies: "", address: false });
  }));
