// Takes the pictures of the admin page that docs/admin.md shows: `npm run screenshots --workspace www/admin`.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";
import { launchChromium } from "../../tests/support/chromium.mjs";

const configFile = fileURLToPath(new URL("vite.config.ts", import.meta.url));
const images = fileURLToPath(new URL("../../docs/images/", import.meta.url));

const outDir = await mkdtemp(join(tmpdir(), "idp-group-sync-screenshots-"));
const options = { configFile, mode: "static", logLevel: "warn", build: { outDir } };
await build(options);
const server = await preview({ ...options, preview: { port: 0, host: "127.0.0.1" } });
const address = `http://127.0.0.1:${server.httpServer.address().port}/`;
const browser = await launchChromium("--disable-lcd-text");
const session = await browser.newContext({
  viewport: { width: 1200, height: 800 },
  colorScheme: "light",
  reducedMotion: "reduce",
  locale: "en-GB",
});
const page = await session.newPage();

async function goTo(view) {
  await page.goto(`${address}#/${view}`);
  await page.getByRole("heading", { level: 1 }).first().waitFor();
}

async function picture(name, { width = 1200, height = 800 } = {}) {
  await page.setViewportSize({ width, height });
  await page.mouse.move(0, 0);
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(images, `admin-${name}.png`) });
}

async function write(text) {
  const editor = page.getByRole("textbox", { name: "Group mapping" });
  await editor.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(text);
  await page.keyboard.press("Escape");
}

await goTo("settings");
await page.getByRole("textbox", { name: "Group mapping" }).waitFor();
await picture("settings", { height: 900 });

await page.setViewportSize({ width: 1440, height: 900 });
for (const [letters, name] of [
  ["mara", /Mara/],
  ["hana", /Hana/],
  ["clara", /Clara/],
]) {
  await page.getByRole("combobox", { name: "Pin a person" }).fill(letters);
  await page.getByRole("option", { name }).click();
  await page.getByRole("button", { name: new RegExp(`Unpin .*${name.source}`) }).waitFor();
}
await write(
  "Engineering -> developers\nMarketing Team -> marketing\nMarketing Team -> builder\nDesign Systems -> design",
);
await page.getByText(/logins will change/).waitFor();
await page.getByRole("heading", { name: "Group mapping" }).scrollIntoViewIfNeeded();
await picture("live", { width: 1440, height: 900 });
await page.getByRole("button", { name: "Discard" }).click();
await page.getByRole("button", { name: "Undo discarding" }).waitFor();
const unpin = page.getByRole("button", { name: /^Unpin/ });
for (let pins = await unpin.count(); pins > 0; pins -= 1) await unpin.first().click();
await page.reload();

await page.getByRole("button", { name: "Table", exact: true }).click();
await page.getByRole("table").waitFor();
await page.locator("mapping-setting").screenshot({ path: join(images, "admin-table.png") });
await page.getByRole("button", { name: "Text", exact: true }).click();

await goTo("preview");
await page.getByRole("combobox", { name: "A known person" }).fill("mara");
await page.getByRole("option", { name: /Mara/ }).click();
await page.getByText("Mara Marketing can sign in.").waitFor();
await page.evaluate(() => document.activeElement?.blur());
await picture("preview");

await goTo("settings");
await write("Engineering -> developers\nMarketing Team -> marketing\nSales Team -> sales\nsales-team -> sales");
await page.getByRole("button", { name: "Review and save" }).click();
await page.getByText(/known people would change/).waitFor();
await picture("review", { height: 1000 });
await page.getByRole("button", { name: "Back" }).click();
await page.getByRole("button", { name: "Discard" }).click();
await page.getByRole("button", { name: "Undo discarding" }).waitFor();
await page.reload();

await goTo("workspaces");
await page.getByRole("checkbox", { name: "Sales Team -> sales in Directory" }).uncheck();
await page.getByRole("combobox", { name: "What one person gets" }).fill("hana");
await page.getByRole("option", { name: /Hana/ }).click();
await page
  .getByText(/Hana Hill/)
  .first()
  .waitFor();
await page.evaluate(() => document.activeElement?.blur());
await picture("workspaces", { height: 760 });
await page.getByRole("button", { name: "Discard" }).click();
await page.getByRole("button", { name: "Undo discarding" }).waitFor();
await page.reload();

await goTo("scenarios");
await page.getByText("Engineers build").click();
await picture("scenarios");

await goTo("activity");
await page.getByRole("link", { name: /Rosa Research/ }).waitFor();
await picture("activity");

await goTo("history");
await page.getByRole("link", { name: /^Version 1/ }).waitFor();
await picture("history", { height: 620 });

await goTo("settings");
await page
  .locator("seen-groups")
  .getByText(/do nothing yet$/)
  .waitFor();
await page.locator("seen-groups").screenshot({ path: join(images, "admin-seen.png") });

await page.getByRole("button", { name: "Start with an empty instance" }).click();
await page.getByRole("combobox", { name: "Sign somebody in" }).fill("clara");
await page.getByRole("option", { name: /Clara/ }).click();
await page.locator("seen-group").filter({ hasText: "Design Systems" }).waitFor();
await page.locator("seen-group").getByRole("button", { name: "Map to engineers" }).click();
await page.getByText("1 of 1 person would get something").waitFor();
await page.evaluate(() => document.activeElement?.blur());
await page.evaluate(() => scrollTo(0, 0));
await picture("first-run", { height: 1560 });

await browser.close();
await server.close();
await rm(outDir, { recursive: true });
