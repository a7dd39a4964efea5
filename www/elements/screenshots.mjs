// Takes the pictures of the elements that the guide shows: `node www/elements/screenshots.mjs`, after `npm run build:elements`.

import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { preview } from "vite";
import { pageOfGuide, stylesOfGuide } from "../../tests/elements/support/guide.mjs";
import { launchChromium } from "../../tests/support/chromium.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "idp-group-sync-screenshots-"));
const styles = `body { max-width: 46rem; margin: 1rem auto; font-family: system-ui; } h1 { font-size: 1.25rem; } h2 { font-size: 1rem; }`;
const page = pageOfGuide().replace("</head>", `<style>${styles}${stylesOfGuide().join("")}</style></head>`);
writeFileSync(join(folder, "index.html"), page);
copyFileSync(here("pkg/dist/standalone.js"), join(folder, "standalone.js"));

const server = await preview({
  root: folder,
  configFile: false,
  logLevel: "warn",
  build: { outDir: folder },
  preview: { port: 0, host: "127.0.0.1" },
});
const browser = await launchChromium("--disable-lcd-text");
const shown = await browser.newPage({
  viewport: { width: 800, height: 760 },
  colorScheme: "light",
  reducedMotion: "reduce",
});
await shown.goto(`http://127.0.0.1:${server.httpServer.address().port}/`);
await shown.locator("group-sync-preview").getByText("builder", { exact: true }).first().waitFor();
await shown.evaluate(() => {
  document.querySelector("group-mapping-editor").style.setProperty("--editor-height", "6rem");
});
await shown.screenshot({ path: here("../../docs/images/elements-themed.png"), fullPage: true });
await browser.close();
await server.close();
rmSync(folder, { recursive: true });
