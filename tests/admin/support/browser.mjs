// Chromium, and what every test of the page is held to.

import assert from "node:assert/strict";
import { launchChromium } from "../../support/chromium.mjs";
import { atEnd } from "./at-end.mjs";

let browser;

export function openBrowser() {
  browser ??= launchChromium().then((opened) => {
    atEnd(() => opened.close());
    return opened;
  });
  return browser;
}

/**
 * Runs a test in a browser that knows nothing yet. Whatever it does, the page must ask no other origin for anything, write
 * no error to the console and throw none, but for what a test expects: `page.complaints` can be emptied.
 */
export async function withBrowser(test, { width = 1440, height = 900, locale = "en-GB", ...context } = {}) {
  const session = await (await openBrowser()).newContext({
    viewport: { width, height },
    locale,
    reducedMotion: "reduce",
    ...context,
  });
  const complaints = [];
  const strangers = new Set();
  session.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  session.on("weberror", (error) => complaints.push(error.error().stack ?? error.error().message));
  session.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol !== "data:" && hostname !== "127.0.0.1" && hostname !== "localhost") strangers.add(request.url());
  });
  try {
    await test(session, complaints);
    assert.deepEqual([...strangers], [], "requests to another origin");
    assert.deepEqual(complaints, [], "errors and warnings on the console");
  } finally {
    await session.close();
  }
}
