// The static demonstration: on the browser's storage, without a server, and offline.

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { eventually, flat, withDemo } from "./support/admin-page.mjs";
import { openDemo } from "./support/site.mjs";

test("what is saved stays in the browser, logins can be played, and everything can begin anew", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await admin.goTo("Preview");
    await page.getByRole("combobox", { name: "A known person" }).fill("igor");
    await page.getByRole("option", { name: /Igor Ilves/ }).click();
    await page.getByRole("button", { name: /^Add to the mapping/ }).click();
    await page.getByRole("article", { name: "Main" }).getByText("Joins sales.").waitFor();
    await admin.review();
    await page.getByText("2 of 23 known people would change at their next login.").waitFor();
    await admin.saveReviewed();

    await page.reload();
    await admin.open("preview");
    await page.getByRole("combobox", { name: "A known person" }).fill("igor");
    await page.getByRole("option", { name: /Igor Ilves/ }).click();
    await page.getByRole("button", { name: "Sign in as Igor Ilves" }).click();
    await page.getByRole("heading", { name: "Igor Ilves", level: 1 }).waitFor();
    await page.getByRole("article", { name: "Main" }).getByText("Joined sales.").waitFor();
    await page.getByText("version 5").waitFor();

    await page.getByRole("button", { name: "Start anew" }).click();
    await admin.goTo("Settings");
    await eventually(async () => assert.doesNotMatch(await admin.text(), /sales-team/));
  }));

test("once loaded, all of it works offline", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller) {
        await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
      }
    });
    await page.context().setOffline(true);
    await page.reload();
    await admin.mapping.waitFor();
    for (const view of ["Preview", "Scenarios", "People", "Activity", "History", "Settings"]) {
      await admin.goTo(view);
      await page.getByRole("heading", { level: 1, name: view === "Settings" ? "Group sync" : view }).waitFor();
    }
    await admin.toggle("Group sync");
    await admin.review();
  }));

test("the demonstration has nothing of the server's API in it, and the whole build is kept for offline use", async () => {
  const { outDir, address } = await openDemo();
  const files = await readdir(outDir, { recursive: true, withFileTypes: true });
  const names = files.filter((file) => file.isFile()).map(({ name }) => name);
  assert.deepEqual(
    names.filter((name) => /^server-/.test(name)),
    [],
  );
  const worker = await (await fetch(`${address}service-worker.js`)).text();
  assert.deepEqual(
    names.filter((name) => name !== "service-worker.js" && !worker.includes(`/${name}"`)),
    [],
  );
  assert.ok(flat(worker).includes("idp-group-sync-demo-"));
});
