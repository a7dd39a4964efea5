// What the browser has to load before the page can be used.

import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { withDemo } from "./support/admin-page.mjs";

/** Of JavaScript, after Brotli, until the first view is there; and with the editor. */
const BUDGET = 500_000;
const BUDGET_WITH_EDITOR = 615_000;

test("the first view is there after less than 500 KB of JavaScript, and the editor comes by itself", (context) =>
  withDemo(
    async (admin) => {
      const { page } = admin;
      const loaded = async () => {
        const scripts = await page.evaluate(() =>
          performance
            .getEntriesByType("resource")
            .map(({ name }) => name)
            .filter((name) => new URL(name).pathname.endsWith(".js")),
        );
        // All of them first: compressing takes so long that a connection that was kept would be closed meanwhile.
        const files = await Promise.all([...new Set(scripts)].map(async (url) => (await fetch(url)).arrayBuffer()));
        const bytes = files.reduce((sum, file) => sum + brotliCompressSync(file).length, 0);
        return { bytes, editor: scripts.some((name) => /group-mapping-editor/.test(name)) };
      };
      await admin.open("activity");
      await page.reload();
      await page.getByRole("link", { name: /Rosa Research/ }).waitFor();
      const first = await loaded();
      assert.equal(first.editor, false, "no view but the settings needs the editor");
      assert.ok(first.bytes < BUDGET, `${first.bytes} bytes`);
      await admin.goTo("Settings");
      await admin.mapping.waitFor();
      const all = await loaded();
      assert.ok(all.editor, "the editor's file is known by its name");
      assert.ok(all.bytes < BUDGET_WITH_EDITOR, `${all.bytes} bytes with the editor`);
      // That the demonstration is not kept for offline use here is what this test asked for.
      const others = admin.complaints
        .splice(0)
        .filter((text) => !text.startsWith("Service Worker registration blocked"));
      assert.deepEqual(others, []);
      context.diagnostic(`${first.bytes} bytes without the editor, ${all.bytes} with it`);
    },
    { serviceWorkers: "block" },
  ));
