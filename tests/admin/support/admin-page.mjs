// The page in the words of its user.

import assert from "node:assert/strict";
import { eventually } from "../../support/eventually.mjs";
import { withBrowser } from "./browser.mjs";
import { openServer } from "./server.mjs";
import { openDemo } from "./site.mjs";

export { eventually };

/** Who may use the page on a server with the data that development begins with. */
export const superAdmin = { email: "super@example.com", password: "only for development" };

/** A test on the static demonstration. */
export async function withDemo(test, options) {
  const { address } = await openDemo();
  await withBrowser(async (session, complaints) => {
    const admin = new AdminPage(await session.newPage(), address, complaints);
    await admin.open();
    await test(admin);
  }, options);
}

/** A test on a server of its own, with the super admin signed in. `people` have signed in before, and `refused` have tried. */
export async function withServer(test, { people = [], refused = [], environment, ...options } = {}) {
  const server = await openServer(environment);
  try {
    await withBrowser(async (session, complaints) => {
      for (const person of people) await signInAs(session, server, person);
      for (const person of refused) await signInAs(session, server, person, { refused: true });
      const page = await session.newPage();
      await signInWithPassword(page, server, superAdmin);
      const admin = new AdminPage(page, `${server.address}/admin/`, complaints);
      await admin.open();
      await test(admin, { server, session });
    }, options);
  } finally {
    await server.close();
  }
}

export async function signInWithPassword(page, { address }, { email, password }) {
  await page.goto(`${address}/sign-in`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in with a password" }).click();
  await page.waitForURL(`${address}/`);
}

/** Signs in by the identity provider for development, in a browser of its own, and leaves it. */
export async function signInAs(session, { address }, name, { refused = false } = {}) {
  const own = await session.browser().newContext();
  try {
    const page = await own.newPage();
    await page.goto(`${address}/sign-in/oidc`);
    await page.getByRole("button", { name }).click();
    if (refused) await page.waitForURL(`${address}/**`);
    else await page.waitForURL(`${address}/`);
    return await page.locator("main").innerText();
  } finally {
    await own.close();
  }
}

export class AdminPage {
  constructor(page, address, complaints) {
    this.page = page;
    this.address = address;
    this.complaints = complaints;
    this.claimName = page.getByRole("textbox", { name: "Claim name" });
    this.mapping = page.getByRole("textbox", { name: "Group mapping" });
    this.unsaved = page.getByRole("region", { name: "Unsaved changes" });
    /** What is asked: the dialog's content is not inside the browser's own dialog, but put there by a slot. */
    this.dialog = page.locator("modal-dialog[open]");
    this.save = page.getByRole("button", { name: "Save", exact: true });
  }

  /** Switches something on or off, where people click: on its name. */
  async toggle(name) {
    await this.page.locator("wa-switch").filter({ hasText: name }).click();
  }

  async open(view = "settings") {
    await this.page.goto(`${this.address}#/${view}`);
    await this.page.getByRole("heading", { level: 1 }).first().waitFor();
  }

  /** Goes to a view by its link. */
  async goTo(name) {
    await this.page.getByRole("navigation", { name: "Views" }).getByRole("link", { name, exact: true }).click();
  }

  /** Chooses the instance or a workspace among the settings. */
  async choose(name) {
    const link = this.page.getByRole("navigation", { name: "What the settings are for" }).getByRole("link", { name });
    await link.click();
    await this.page.waitForFunction(
      (element) => element.getAttribute("aria-current") === "page",
      await link.elementHandle(),
    );
  }

  /** Puts a text in place of the mapping, by keyboard. */
  async write(text, editor = this.mapping) {
    await editor.focus();
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press("Escape");
  }

  /** Takes what the editor suggests. A list that is still made anew does not take clicks. */
  async complete(name) {
    const list = this.page.locator(".cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)");
    await list.getByRole("option", { name }).click();
  }

  async text(editor = this.mapping) {
    return editor.evaluate((content) =>
      [...content.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"),
    );
  }

  /** The sentences about what is not saved yet. */
  async changes() {
    if ((await this.unsaved.count()) === 0) return [];
    const texts = await this.unsaved.locator("li").allTextContents();
    return texts.map((text) => text.replaceAll(/\s+/g, " ").trim());
  }

  async expectChanges(...expected) {
    await eventually(async () => assert.deepEqual(await this.changes(), expected));
  }

  async review() {
    await this.unsaved.getByRole("button", { name: "Review and save" }).click();
    await this.page.getByRole("heading", { name: "Review and save", level: 1 }).waitFor();
  }

  async saveReviewed() {
    await this.save.click();
    await this.page.getByRole("heading", { name: /^Saved as version/ }).waitFor();
  }

  /** What the API says of a path. */
  async api(path) {
    return this.page.evaluate(
      async (address) => (await fetch(address)).json(),
      new URL(`../api${path}`, this.address).href,
    );
  }

  /** What the API answers when it is sent something, by whoever is signed in. */
  async post(path, body) {
    return this.page.evaluate(
      async ({ api, path, body }) => {
        const { csrfToken } = await (await fetch(`${api}/me`)).json();
        const headers = { "content-type": "application/json", "csrf-token": csrfToken };
        const answer = await fetch(api + path, { method: "POST", headers, body: JSON.stringify(body) });
        if (!answer.ok) throw new Error(await answer.text());
        return answer.json();
      },
      { api: new URL("../api", this.address).href, path, body },
    );
  }
}

/** A text as it is read: with single spaces. */
export const flat = (text) => text.replaceAll(/\s+/g, " ").trim();
