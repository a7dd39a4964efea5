// An application with `<group-sync-settings>`, as docs/elements.md has it: its page, and the functions that its server answers with.

import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";
import { violations } from "../../support/axe.mjs";
import { serve, withPage } from "./browse.mjs";
import { fileOfGuide } from "./guide.mjs";
import { project } from "./project.mjs";

const fixture = fileURLToPath(new URL("../fixtures/settings/", import.meta.url));

export const workspaces = [
  { id: "main", name: "Main", catalog: { groups: [{ name: "marketing", requires: "builder" }, { name: "sales" }] } },
  { id: "lab", name: "Laboratory", catalog: { groups: [{ name: "researchers" }] } },
];

const outside = { user: { exists: true }, workspaces: [] };
export const people = [
  { name: "Ada Lovelace", claims: { groups: ["Marketing Team", "interns"] }, login: outside },
  { name: "Grace Hopper", claims: { groups: ["Sales Team"] }, login: outside },
];

/** The application, built; `page` takes the place of the guide's own script. */
export async function application(page = fileOfGuide("settings-page.ts")) {
  const folder = await project();
  cpSync(fixture, folder, { recursive: true });
  writeFileSync(join(folder, "engine.ts"), fileOfGuide("engine.ts"));
  writeFileSync(join(folder, "settings-page.ts"), page);
  writeFileSync(join(folder, "settings-store.mjs"), fileOfGuide("settings-store.mjs"));
  await build({
    root: folder,
    configFile: false,
    logLevel: "warn",
    build: { target: "es2022", chunkSizeWarningLimit: 2000 },
  });
  return folder;
}

let stores = 0;

/** A store of its own: the guide's, as it is at first. `failing` is what every answer fails with while it is set. */
export async function server(folder) {
  stores += 1;
  const store = await import(`${pathToFileURL(join(folder, "settings-store.mjs"))}?${stores}`);
  const own = { store, failing: null, requests: [] };
  const routes = {
    "GET /group-sync/settings": () => store.settings(),
    "GET /group-sync/workspaces": () => workspaces,
    "GET /group-sync/people": () => people,
    "POST /group-sync/settings": (body) => store.save(body, { name: "Mara", superAdmin: true }),
  };
  own.answer = async (request, response) => {
    const route = `${request.method} ${request.url}`;
    own.requests.push(route);
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    try {
      if (own.failing) throw new Error(own.failing);
      const answer = routes[route](chunks.length > 0 ? JSON.parse(Buffer.concat(chunks)) : undefined);
      response.statusCode = answer.status === "conflict" ? 409 : 200;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(answer));
    } catch (error) {
      response.statusCode = 500;
      response.end(error.message);
    }
  };
  return own;
}

/** Opens the application on a server of its own. */
export async function withSettings(t, folder, test, { headers = {}, ...options } = {}) {
  const own = await server(folder);
  const address = await serve(t, join(folder, "dist"), headers, own.answer);
  await withPage(address, ({ page }, complaints) => test(new SettingsPage(page), own, complaints), options);
}

/** The settings, in the words of their user. */
export class SettingsPage {
  constructor(page, element = page.locator("group-sync-settings")) {
    this.page = page;
    this.element = element;
    this.toggle = element.getByRole("switch", { name: "Group sync" });
    this.claim = element.getByRole("textbox", { name: "Claim name" });
    this.editor = element.locator("group-mapping-editor");
    this.text = element.getByRole("textbox", { name: "Mapping" });
  }

  press(name) {
    return this.element.getByRole("button", { name, exact: true }).click();
  }

  async switchOn() {
    await this.element.locator("group-sync-wa-switch").first().click();
  }

  /** Puts a text in place of the mapping, by keyboard. */
  async write(text) {
    await this.text.focus();
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.insertText(text);
  }

  /** What axe has to say about the page. */
  violations() {
    return violations(this.page);
  }

  async review() {
    await this.press("Review and save");
    await this.element.getByRole("heading", { name: "Review and save" }).waitFor();
  }
}
