// The page in each of its languages: everything is said, in every view, and fits.

import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "../support/axe.mjs";
import { withDemo } from "./support/admin-page.mjs";
import { catalogues, leaves } from "./support/catalogues.mjs";
import { states } from "./support/states.mjs";

const all = await catalogues();

/** What English leaves to the engine, which speaks it; and a word that a language may not need. */
const mayDiffer = /^(diagnostic|help|fix|rejections\.[\w-]+)$/;

test("the elements and both pages speak the same languages, more than two", () => {
  const languages = Object.values(all).map((words) => Object.keys(words).sort().join());
  assert.equal(new Set(languages).size, 1, languages.join(" | "));
  assert.ok(Object.keys(all.admin).length > 2);
});

for (const [workspace, { en, ...others }] of Object.entries(all)) {
  for (const [tag, words] of Object.entries(others)) {
    test(`${workspace}: ${tag} has every word of English, told the same`, () => {
      const shape = (of) =>
        leaves(of)
          .filter(([at]) => !mayDiffer.test(at))
          .map(([at, { told }]) => `${at} ${told ?? ""}`)
          .sort();
      assert.deepEqual(shape(words), shape(en));
      const empty = leaves(words).filter(([, { text }]) => text?.trim() === "");
      assert.deepEqual(empty, []);
    });
  }
}

/** What is a name or a text of somebody's, what was said when it happened, and what the engine says, which speaks English. */
const notTold = [
  "style, script, noscript, [hidden]",
  "code, kbd, b, pre, .cm-editor, header select option",
  "[aria-live], [role=status]",
  "[lang=en]",
].join();

/** What the demonstration calls its workspaces, roles, scenarios and guarantees, and what was called anew in English. */
const names = new Set([
  "Directory",
  "Support desk",
  "Marketing does not build",
  "Whoever has no groups gets in",
  "Engineers build",
  "Only platform owners become admins",
  "admin",
  "New scenario",
  "New guarantee",
]);

/** Everything else that can be read or heard on the page. */
const readable = (page) =>
  page.evaluate((notRead) => {
    const found = new Set();
    const add = (text) => {
      const plain = (text ?? "").replaceAll(/\s+/g, " ").trim();
      if (plain !== "") found.add(plain);
    };
    const visit = (node) => {
      if (node.nodeType === Node.TEXT_NODE) return add(node.data);
      if (node.nodeType === Node.ELEMENT_NODE) {
        if (node.matches(notRead)) return;
        for (const name of ["aria-label", "placeholder", "title", "label", "hint"]) add(node.getAttribute(name));
        if (node.shadowRoot) visit(node.shadowRoot);
      }
      for (const child of node.childNodes) visit(child);
    };
    visit(document.body);
    return [...found];
  }, notTold);

const textsOf = (tag) =>
  new Set(Object.values(all).flatMap((words) => leaves(words[tag]).flatMap(([, { text }]) => text ?? [])));
const english = textsOf("en");

for (const tag of Object.keys(all.admin).filter((name) => name !== "en")) {
  test(`every view speaks ${tag}, fits where it is narrow, and axe finds nothing`, () =>
    withDemo(
      async (admin) => {
        const { page } = admin;
        const speak = (language) =>
          page.evaluate((lang) => document.documentElement.setAttribute("lang", lang), language);
        const own = textsOf(tag);
        await admin.mapping.waitFor();
        // By the menu, which loads the words; from then on they are there at once. A reload is to speak English again.
        await page.locator("admin-page header select").selectOption(tag);
        await page.waitForFunction((lang) => document.documentElement.lang === lang, tag);
        await page.evaluate(() => localStorage.removeItem("language"));
        await speak("en");
        const wrong = new Set();
        for (const [state, reach] of Object.entries(states)) {
          await reach(admin);
          const before = new Set(await readable(page));
          await speak(tag);
          await page.waitForFunction(
            () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(true), 50))),
          );
          // A sentence that was there in English too; and a word of the page's own that this language has another for.
          for (const text of await readable(page)) {
            if (!before.has(text) || names.has(text)) continue;
            if (/[A-Za-z]{2,} [a-z]{2,}/.test(text) || (english.has(text) && !own.has(text)))
              wrong.add(`${state}: ${text}`);
          }
          for (const violation of await violations(page)) wrong.add(`${state}: ${violation}`);
          for (const width of [390, 320]) {
            await page.setViewportSize({ width, height: 800 });
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            if (wide > width) wrong.add(`${state}: ${wide} pixels wide at ${width}`);
          }
          await page.setViewportSize({ width: 390, height: 800 });
          await speak("en");
        }
        assert.equal([...wrong].join("\n"), "");
      },
      { width: 390, height: 800 },
    ));
}
