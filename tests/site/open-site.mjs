// The built site in the system's Chromium, as a reader meets it.

import { after } from "node:test";
import { preview } from "vite";
import { root } from "../../scripts/setup/place.mjs";
import { buildSite } from "../../www/site/build.mjs";
import { emptyFolder } from "../package/support/project.mjs";
import { launchChromium } from "../support/chromium.mjs";
import { withWatchedPage } from "../support/watched-page.mjs";

let opening;

/** Builds the site, serves it and starts the browser: once, for whichever test comes first. */
export function openSite() {
  opening ??= (async () => {
    const folder = emptyFolder();
    await buildSite({ outDir: folder });
    const server = await preview({
      root,
      configFile: false,
      logLevel: "warn",
      appType: "mpa",
      build: { outDir: folder },
      preview: { port: 0, host: "127.0.0.1" },
    });
    const browser = await launchChromium();
    return { folder, server, browser, address: `http://127.0.0.1:${server.httpServer.address().port}/` };
  })();
  return opening;
}

after(async () => {
  const { browser, server } = (await opening) ?? {};
  await browser?.close();
  await server?.close();
});

/** Opens the first page in a browser that knows nothing yet; `open` leads to another by its path. */
export async function withSite(test, { width = 1280, height = 900, ...context } = {}) {
  const { browser, address } = await openSite();
  const session = await browser.newContext({ viewport: { width, height }, reducedMotion: "reduce", ...context });
  try {
    await withWatchedPage(session, address, (page) => test(page, (path) => page.goto(address + path)));
  } finally {
    await session.close();
  }
}
