// The component of docs/elements.md in a small React application, built by Vite.

import assert from "node:assert/strict";
import { copyFileSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { run, tool } from "../package/support/project.mjs";
import { serve, withPage } from "./support/browse.mjs";
import { fileOfGuide } from "./support/guide.mjs";
import { largeMapping } from "./support/large.mjs";
import { project } from "./support/project.mjs";

const fixture = fileURLToPath(new URL("./fixtures/react/", import.meta.url));
const react = ["react", "react-dom", "@types/react", "@types/react-dom"];

let folder;

before(async () => {
  folder = await project(react);
  cpSync(fixture, folder, { recursive: true });
  for (const name of ["group-rules.tsx", "engine.ts"]) writeFileSync(join(folder, name), fileOfGuide(name));
  mkdirSync(join(folder, "public"));
  const standalone = join("node_modules", "idp-group-sync-elements", "dist", "standalone.js");
  copyFileSync(join(folder, standalone), join(folder, "public", "standalone.js"));
  await build({
    root: folder,
    configFile: false,
    logLevel: "warn",
    build: { target: "es2022", chunkSizeWarningLimit: 2000 },
  });
});

test("the application compiles, with the declarations of every package checked", async () => {
  await run(tool("tsc"), ["--project", folder], folder);
});

const withApplication = async (t, test) => withPage(await serve(t, join(folder, "dist")), test);
const press = (embedding, name) => embedding.page.getByRole("button", { name, exact: true }).click();
const kept = (embedding) => embedding.page.locator("#kept").textContent();

test("what is typed becomes state, and the state is what the preview shows", (t) =>
  withApplication(t, async (embedding) => {
    await embedding.expectOutcome("builder", ["marketing"]);
    await embedding.type("\nSales Team -> sales");
    await embedding.expectOutcome("builder", ["marketing", "sales"]);
    assert.equal(await kept(embedding), "Marketing Team -> marketing\nSales Team -> sales");
  }));

test("letters typed one after the other all arrive, where they are typed", (t) =>
  withApplication(t, async (embedding) => {
    await embedding.write("Sales Team -> ");
    await embedding.page.keyboard.type("sales # as agreed");
    await embedding.page.waitForFunction(() => document.querySelector("#kept").textContent.endsWith("agreed"));
    assert.equal(await embedding.value(), "Sales Team -> sales # as agreed");
    assert.equal(await kept(embedding), "Sales Team -> sales # as agreed");
  }));

test("state that is set elsewhere changes the text, and the cursor stays where it was", (t) =>
  withApplication(t, async (embedding) => {
    await embedding.write("Marketing Team -> sales");
    await press(embedding, "Mark as reviewed");
    await embedding.page.waitForFunction(
      () => document.querySelector("group-mapping-editor").value === "# reviewed\nMarketing Team -> sales",
    );
    // Not by a click, which would set the cursor.
    await embedding.editor.evaluate((editor) => editor.focus());
    await embedding.page.keyboard.press("Control+Backspace");
    await embedding.page.keyboard.insertText("marketing");
    await embedding.expectOutcome("builder", ["marketing"]);
    assert.equal(await kept(embedding), "# reviewed\nMarketing Team -> marketing");
  }));

test("a row of the preview leads the editor to its entry", (t) =>
  withApplication(t, async (embedding) => {
    await embedding.type("\nSales Team -> sales");
    await embedding.expectOutcome("builder", ["marketing", "sales"]);
    await embedding.rows.getByRole("button", { name: /^Sales Team/ }).click();
    assert.equal(await embedding.selected(), "Sales Team -> sales");
  }));

test("the elements leave with their component and come back with its state", (t) =>
  withApplication(t, async (embedding) => {
    await embedding.write("Sales Team -> sales");
    await embedding.expectOutcome("end-user", ["sales"]);
    for (let round = 0; round < 2; round += 1) {
      await press(embedding, "Close");
      await embedding.editor.waitFor({ state: "detached" });
      await press(embedding, "Open");
      await embedding.expectOutcome("end-user", ["sales"]);
      assert.equal(await embedding.value(), "Sales Team -> sales");
    }
    await embedding.write("Marketing Team -> marketing");
    await embedding.expectOutcome("builder", ["marketing"]);
  }));

test("a mapping of 3000 entries is answered by the worker, and edited", (t) =>
  withApplication(t, async (embedding) => {
    const { page } = embedding;
    await embedding.expectOutcome("builder", ["marketing"]);
    assert.equal(page.workers().length, 0);
    await page.evaluate((mapping) => {
      window.largeMapping = mapping;
    }, largeMapping);
    await press(embedding, "Load");
    await embedding.preview.locator(".no-match").waitFor();
    await embedding.type("\nSales Team -> sales");
    await embedding.expectOutcome("end-user", ["sales"]);
    assert.equal(page.workers().length, 1);
    assert.match(new URL(page.workers()[0].url()).pathname, /^\/assets\/engine-worker-/);
    assert.equal(await kept(embedding), `${largeMapping.length + "\nSales Team -> sales".length} characters`);
  }));

test("axe finds nothing", (t) =>
  withApplication(t, async (embedding) => {
    await embedding.expectOutcome("builder", ["marketing"]);
    assert.deepEqual(await embedding.violations(), []);
  }));

test("a script that brings the elements once more does no harm", (t) =>
  withApplication(t, async (embedding) => {
    await embedding.expectOutcome("builder", ["marketing"]);
    await embedding.page.addScriptTag({ type: "module", url: "/standalone.js" });
    await embedding.page.evaluate(() => import("/standalone.js"));
    await press(embedding, "Close");
    await embedding.editor.waitFor({ state: "detached" });
    await press(embedding, "Open");
    await embedding.write("Sales Team -> sales");
    await embedding.expectOutcome("end-user", ["sales"]);
  }));
