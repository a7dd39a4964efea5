// Pages with the elements in the system's Chromium.

import { after } from "node:test";
import { preview } from "vite";
import { root } from "../../../scripts/setup/place.mjs";
import { violations } from "../../support/axe.mjs";
import { launchChromium } from "../../support/chromium.mjs";
import { withWatchedPage } from "../../support/watched-page.mjs";

let opening;

function openBrowser() {
  opening ??= launchChromium();
  return opening;
}

after(async () => (await opening)?.close());

/** Serves a folder until the test ends, and what `api` answers below `/api`; returns its address. */
export async function serve(t, folder, headers = {}, api = undefined) {
  const server = await preview({
    root,
    configFile: false,
    logLevel: "warn",
    build: { outDir: folder },
    plugins: api
      ? [{ name: "api", configurePreviewServer: ({ middlewares }) => void middlewares.use("/api", api) }]
      : [],
    preview: { port: 0, host: "127.0.0.1", headers },
  });
  t.after(() => server.close());
  return `http://127.0.0.1:${server.httpServer.address().port}/`;
}

/** Opens a page in a browser that knows nothing yet. */
export async function withPage(address, test, options = {}) {
  const session = await (await openBrowser()).newContext({ reducedMotion: "reduce", ...options });
  try {
    await withWatchedPage(session, address, (page, complaints) => test(new EmbeddingPage(page), complaints));
  } finally {
    await session.close();
  }
}

/** A page with one editor and one preview, in the words of its user. */
class EmbeddingPage {
  constructor(page) {
    this.page = page;
    this.editor = page.locator("group-mapping-editor");
    this.preview = page.locator("group-sync-preview");
    this.text = page.getByRole("textbox", { name: "Group mapping" });
    this.role = this.preview.locator(".role");
    this.groups = this.preview.locator(".groups li");
    this.rows = this.preview.locator("group-matches li");
  }

  /** Puts a text in place of the whole, by keyboard. */
  async write(text) {
    await this.text.focus();
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.insertText(text);
  }

  /** Types at the end of the text. */
  async type(text) {
    await this.text.focus();
    await this.page.keyboard.press("Control+End");
    await this.page.keyboard.insertText(text);
  }

  /** Waits until the preview shows this role and these groups. */
  async expectOutcome(role, groups) {
    await this.role.getByText(role, { exact: true }).waitFor();
    await this.page.waitForFunction(
      (expected) => {
        const { shadowRoot } = document.querySelector("group-sync-preview");
        const shown = [...shadowRoot.querySelectorAll(".groups li")].map((group) => group.textContent.trim());
        return JSON.stringify(shown) === JSON.stringify(expected);
      },
      groups,
      { polling: 50 },
    );
  }

  value() {
    return this.editor.evaluate((editor) => editor.value);
  }

  /** What is selected in the editor's text. */
  selected() {
    return this.editor.evaluate((editor) => {
      const [range] = getSelection().getComposedRanges({ shadowRoots: [editor.shadowRoot] });
      const { startContainer, startOffset, endContainer, endOffset } = range;
      const live = document.createRange();
      live.setStart(startContainer, startOffset);
      live.setEnd(endContainer, endOffset);
      return live.toString();
    });
  }

  /** What axe has to say about the page. */
  violations() {
    return violations(this.page);
  }
}
