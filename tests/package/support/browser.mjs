// Pages in the system's Chromium.

import assert from "node:assert/strict";
import { launchChromium } from "../../support/chromium.mjs";

/**
 * Opens a page that leaves its result in `globalThis.result`; returns it, and the paths that the page requested. Fails on any
 * error in the page, and on a request to another host.
 */
export async function resultOf(t, address) {
  const browser = await launchChromium();
  t.after(() => browser.close());
  const page = await browser.newPage();
  const problems = [];
  const requests = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("request", (request) => requests.push(new URL(request.url())));
  await page.goto(address);
  const result = await page
    .waitForFunction(() => globalThis.result, undefined, { timeout: 30_000 })
    .then((handle) => handle.jsonValue())
    .catch((error) => problems.push(String(error)));
  assert.deepEqual(problems, []);
  const { origin } = new URL(address);
  assert.deepEqual(
    requests.filter((url) => url.protocol !== "data:" && url.protocol !== "blob:" && url.origin !== origin),
    [],
  );
  return { result, paths: requests.map((url) => url.pathname) };
}
