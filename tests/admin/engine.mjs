// Where the engine works: a long mapping is answered for in its worker, so that the page goes on answering keys.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually, flat, withDemo } from "./support/admin-page.mjs";

const lines = Array.from({ length: 3000 }, (_, index) => `Department ${index} -> developers`);

test("while a long mapping is typed, the page itself asks the engine for nothing but the edit", () =>
  withDemo(async (admin) => {
    const { page } = admin;
    await page.addInitScript(watchEngine);
    await page.reload();
    await admin.mapping.waitFor();
    const pane = page.getByRole("region", { name: "Live preview" });
    await pane.getByRole("combobox", { name: "Pin a person" }).fill("Rosa");
    await page.getByRole("option", { name: /Rosa Research/ }).click();
    // As the editor tells it: typing that much would take a minute.
    await page.evaluate(
      (mapping) => document.querySelector("admin-page").app.run({ type: "set-mapping", mapping }),
      lines.join("\n"),
    );
    /** The engine's functions that were called with much text. Short ones, such as the lines in sight, get in nobody's way. */
    const askedAtLength = () =>
      page.evaluate(() => globalThis.asked.flatMap(({ name, bytes }) => (bytes > 20_000 ? name : [])));
    const unmapped = async () => (await page.locator("seen-groups section > ul .name").allTextContents()).map(flat);
    await eventually(async () => assert.ok((await unmapped()).includes("Platform Owners")));
    assert.ok((await unmapped()).includes("Research"));
    await page.getByText(/\d red/).waitFor();
    assert.ok((await askedAtLength()).includes("applyCommand"), "the engine's calls are seen");

    await admin.mapping.focus();
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Enter");
    await page.evaluate(() => globalThis.asked.splice(0));
    await page.keyboard.type("Research -> adm");
    await page.keyboard.press("Escape");
    await page.keyboard.type("in");
    await page.keyboard.press("Escape");
    await pane.getByText("becomes admin").waitFor();
    await eventually(async () => assert.equal((await unmapped()).includes("Research"), false));
    assert.deepEqual([...new Set(await askedAtLength())], ["applyCommand"]);
  }));

/** Runs in the page before anything else: notes which of the engine's functions are called there. */
function watchEngine() {
  globalThis.asked = [];
  const { get } = Object.getOwnPropertyDescriptor(WebAssembly.Instance.prototype, "exports");
  // An object has to be made before it is asked.
  const others = /^__|^(memory|reserve|result|reserveNumbers|start)$|_(?!new)/;
  const watched = new WeakMap();
  const watch = (exports) =>
    Object.fromEntries(
      Object.entries(exports).map(([name, value]) => [
        name,
        others.test(name)
          ? value
          : (...values) => {
              globalThis.asked.push({ name, bytes: values[0] });
              return value(...values);
            },
      ]),
    );
  Object.defineProperty(WebAssembly.Instance.prototype, "exports", {
    get() {
      if (!watched.has(this)) watched.set(this, watch(get.call(this)));
      return watched.get(this);
    },
  });
}
