// The components of docs/elements.md in small applications with Vue, Svelte and Angular, built by Vite.

import assert from "node:assert/strict";
import { cpSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { build } from "vite";
import { root } from "../../scripts/setup/place.mjs";
import { run, tool } from "../package/support/project.mjs";
import { serve, withPage } from "./support/browse.mjs";
import { fileOfGuide } from "./support/guide.mjs";
import { project } from "./support/project.mjs";

const frameworks = {
  vue: {
    libraries: ["vue", "@vitejs/plugin-vue"],
    files: ["GroupRules.vue", "vite.config.js"],
    plugins: async (folder) => (await import(pathToFileURL(join(folder, "vite.config.js")))).default.plugins,
  },
  svelte: {
    libraries: ["svelte"],
    files: ["GroupRules.svelte"],
    plugins: async () => [svelte({ configFile: false })],
  },
  angular: {
    libraries: ["@angular/core", "@angular/compiler", "@angular/common", "@angular/platform-browser", "rxjs"],
    files: ["group-rules.ts"],
    plugins: async () => [],
    check: (folder) => run(tool("tsc"), ["--project", folder], folder),
  },
};

for (const [name, { libraries, files, plugins, check }] of Object.entries(frameworks)) {
  describe(name, () => {
    let folder;
    before(async () => {
      folder = await project(libraries);
      symlinkSync(join(root, "node_modules", "vite"), join(folder, "node_modules", "vite"));
      cpSync(fileURLToPath(new URL(`./fixtures/${name}/`, import.meta.url)), folder, { recursive: true });
      for (const file of files) writeFileSync(join(folder, file), fileOfGuide(file));
      await build({
        root: folder,
        configFile: false,
        logLevel: "warn",
        plugins: await plugins(folder),
        build: { target: "es2022", chunkSizeWarningLimit: 4000 },
      });
    });

    if (check) test("it compiles", () => check(folder));

    const withApplication = async (t, act) => withPage(await serve(t, join(folder, "dist")), act);
    const press = ({ page }, button) => page.getByRole("button", { name: button, exact: true }).click();
    const isKept = ({ page }, text) =>
      page.waitForFunction((expected) => document.querySelector("#kept").textContent === expected, text);

    test("what is typed becomes state, and the state is what the preview shows", (t) =>
      withApplication(t, async (embedding) => {
        await embedding.expectOutcome("builder", ["marketing"]);
        await embedding.type("\nSales Team -> sales");
        await embedding.expectOutcome("builder", ["marketing", "sales"]);
        await isKept(embedding, "Marketing Team -> marketing\nSales Team -> sales");
      }));

    test("letters typed one after the other all arrive, where they are typed", (t) =>
      withApplication(t, async (embedding) => {
        await embedding.write("Sales Team -> ");
        await embedding.page.keyboard.type("sales # as agreed");
        await isKept(embedding, "Sales Team -> sales # as agreed");
        assert.equal(await embedding.value(), "Sales Team -> sales # as agreed");
      }));

    test("state and properties that are set elsewhere arrive", (t) =>
      withApplication(t, async (embedding) => {
        await embedding.expectOutcome("builder", ["marketing"]);
        await press(embedding, "Mark as reviewed");
        await isKept(embedding, "# reviewed\nMarketing Team -> marketing");
        assert.equal(await embedding.value(), "# reviewed\nMarketing Team -> marketing");
        await press(embedding, "Delete marketing");
        await embedding.write("Sales Team -> sales");
        await embedding.expectOutcome("end-user", ["sales"]);
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
        await press(embedding, "Close");
        await embedding.editor.waitFor({ state: "detached" });
        await press(embedding, "Open");
        await embedding.expectOutcome("end-user", ["sales"]);
        assert.equal(await embedding.value(), "Sales Team -> sales");
        assert.deepEqual(await embedding.violations(), []);
      }));
  });
}
