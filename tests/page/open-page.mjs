// The built page in the system's Chromium, as a test's user meets it.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";
import { launchChromium } from "../support/chromium.mjs";
import { eventually } from "../support/eventually.mjs";
import { withWatchedPage } from "../support/watched-page.mjs";

const www = fileURLToPath(new URL("../../www/preview", import.meta.url));

let site;

/** Builds the page, serves it and starts the browser: once, for whichever test comes first. */
function openSite() {
  site ??= (async () => {
    const outDir = await mkdtemp(join(tmpdir(), "idp-group-sync-page-"));
    const options = { root: www, logLevel: "warn", build: { outDir, emptyOutDir: true } };
    await build(options);
    const server = await preview({ ...options, preview: { port: 0, host: "127.0.0.1" } });
    const browser = await launchChromium();
    return { outDir, server, browser, address: `http://127.0.0.1:${server.httpServer.address().port}/` };
  })();
  return site;
}

after(async () => {
  if (!site) return;
  const { outDir, server, browser } = await site;
  await browser.close();
  await server.close();
  await rm(outDir, { recursive: true });
});

/** Runs a test on a page of its own, in a browser that knows nothing yet. */
export async function withPage(test, { width = 1440, height = 900, ...context } = {}) {
  const { browser, address } = await openSite();
  const session = await browser.newContext({ viewport: { width, height }, reducedMotion: "reduce", ...context });
  try {
    await withWatchedPage(session, address, (page, complaints) => test(new PreviewPage(page, complaints)));
  } finally {
    await session.close();
  }
}

/** The page in the words of its user. */
export class PreviewPage {
  constructor(page, complaints) {
    this.page = page;
    this.complaints = complaints;
    this.mapping = page.getByRole("textbox", { name: "Group mapping" });
    this.token = page.getByRole("textbox", { name: /^Token/ });
    this.claimName = page.getByRole("textbox", { name: "Claim name" });
    this.problems = page.locator("group-mapping-editor diagnostic-list li");
    this.outcome = page.locator("group-sync-preview");
    this.rows = page.locator("group-matches li");
  }

  /** Puts a text in place of what an editor holds, by keyboard. */
  async write(editor, text) {
    await editor.focus();
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.insertText(text);
  }

  /** Pastes where the focus is: of a long text, Chromium takes much longer to insert as typed than as pasted. */
  async paste(text) {
    await this.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.page.keyboard.press("Control+v");
  }

  /** The text of an editor, without its placeholder. */
  async text(editor) {
    return editor.evaluate((content) =>
      [...content.querySelectorAll(".cm-line")]
        .map((line) => (line.querySelector(".cm-placeholder") ? "" : line.textContent))
        .join("\n"),
    );
  }

  async pickSample(title) {
    await this.page.getByRole("button", { name: "Samples" }).click();
    await this.page.getByRole("menuitem", { name: title, exact: true }).click();
    await this.page.locator(".sample").getByText(`${title}.`, { exact: true }).waitFor();
    await this.page.getByRole("menuitem").first().waitFor({ state: "hidden" });
  }

  /** What the outcome shows: its headline, the role and the groups. */
  async shown() {
    return this.outcome.evaluate((element) => {
      const root = element.shadowRoot;
      const text = (selector) => root.querySelector(selector)?.textContent.trim() ?? null;
      return {
        headline: text(".state"),
        role: text(".role"),
        groups: [...root.querySelectorAll(".groups li")].map((group) => group.textContent.trim()),
      };
    });
  }

  /** Waits until the outcome shows this much. */
  async expectOutcome(expected) {
    await eventually(async () => {
      const shown = await this.shown();
      assert.deepEqual(shown, { ...shown, ...expected });
    });
  }

  /** Whether the focus is in this place, shadow roots looked through. */
  async hasFocus(locator) {
    return locator.evaluate((element) => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active === element;
    });
  }
}
