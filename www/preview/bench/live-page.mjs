// The admin page, as the demonstration, with three people pinned beside the mapping.

import { groups, idpGroups, typedMapping, watchTyping } from "./typed-page.mjs";

export async function openLivePage(browser, address, entries) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  await page.goto(address);
  const { mapping, line } = typedMapping(entries);
  await page.waitForFunction(() => document.querySelector("admin-page")?.app.me);
  await page.evaluate(keep, { mapping, groups, idpGroups });
  await page.reload();
  await page.getByRole("textbox", { name: "Group mapping" }).waitFor({ timeout: 60_000 });
  await page.evaluate(pin, { mapping, line });
  await page.getByRole("article", { name: "Mara Marketing" }).waitFor();
  const typed = await watchTyping(page, { find, shown });
  return { ...typed, close: () => context.close() };
}

/** Runs in the page: has the demonstration keep the mapping, the groups and a person with these IdP groups. */
async function keep({ mapping, groups, idpGroups }) {
  const { app } = document.querySelector("admin-page");
  await app.backend.signInAs(2); // whatever is done is written down
  const [key] = Object.keys(localStorage).filter((name) => name.startsWith("idp-group-sync-demo"));
  const data = JSON.parse(localStorage.getItem(key));
  for (const { catalog } of data.workspaces) catalog.groups = groups;
  data.versions.at(-1).settings.mapping = mapping;
  const mara = data.users.find(({ name }) => name === "Mara Marketing");
  mara.claims.claims = { groups: idpGroups };
  localStorage.setItem(key, JSON.stringify(data));
}

/** Runs in the page: pins that person and two others, and puts the cursor behind the entry that is typed into. */
async function pin({ mapping, line }) {
  const { app } = document.querySelector("admin-page");
  for (const search of ["Mara", "Eli", "Rosa"]) {
    const { users } = await app.backend.users({ search });
    app.pins.add({ userId: users[0].id, claims: null });
  }
  const settings = document.querySelector("admin-page").shadowRoot.querySelector("settings-view").shadowRoot;
  const form = settings.querySelector("instance-settings").shadowRoot.querySelector("mapping-setting").shadowRoot;
  const end = mapping
    .split("\n")
    .slice(0, line + 1)
    .join("\n").length;
  form.querySelector("group-mapping-editor").selectSpans([{ start: end, end }]);
}

/** Runs in the page. */
function find() {
  const view = document.querySelector("admin-page").shadowRoot.querySelector("settings-view");
  const settings = view.shadowRoot.querySelector("instance-settings").shadowRoot;
  const editor = settings.querySelector("mapping-setting").shadowRoot.querySelector("group-mapping-editor");
  return {
    content: editor.shadowRoot.querySelector(".cm-content"),
    outcome: view.querySelector("live-preview").shadowRoot.querySelector("login-card").shadowRoot,
  };
}

/** Runs in the page. */
function shown() {
  const { outcome } = globalThis.findParts();
  return [...outcome.querySelectorAll(".lines code")].map((group) => group.textContent.trim());
}
