// Takes the pictures of the page that the documents show: `npm run screenshots --workspace www/preview`.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, preview } from "vite";
import { launchChromium } from "../../tests/support/chromium.mjs";

const root = fileURLToPath(new URL(".", import.meta.url));
const images = fileURLToPath(new URL("../../docs/images/", import.meta.url));

const outDir = await mkdtemp(join(tmpdir(), "idp-group-sync-screenshots-"));
const options = { root, logLevel: "warn", build: { outDir, emptyOutDir: true } };
await build(options);
const server = await preview({ ...options, preview: { port: 0, host: "127.0.0.1" } });
const browser = await launchChromium("--disable-lcd-text");

/** A mapping that runs, and has something to say about it. */
const mapping = [
  "# One line for each IdP group",
  "Marketing Team -> marketing",
  "backend -> developers",
  "finance -> sale",
];

for (const colorScheme of ["light", "dark"]) {
  const page = await browser.newPage({ viewport: { width: 1360, height: 850 }, colorScheme, reducedMotion: "reduce" });
  await page.goto(`http://127.0.0.1:${server.httpServer.address().port}/`);
  await page.getByRole("textbox", { name: "Group mapping" }).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(mapping.join("\n"));
  await page.keyboard.press("Escape");
  await page.evaluate(() => document.activeElement?.blur());
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(images, `preview-${colorScheme}.png`) });
  await page.close();
}

await browser.close();
await server.close();
await rm(outDir, { recursive: true });
