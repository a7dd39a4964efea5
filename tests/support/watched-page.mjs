// A page that is held to what every page is held to.

import assert from "node:assert/strict";

/**
 * Opens an address in a browser's session and runs a test on it. Whatever it does, the page must make no request to another
 * origin, write no error or warning to the console and throw none, but for what a test takes out of `complaints`.
 */
export async function withWatchedPage(session, address, test) {
  const page = await session.newPage();
  const strangers = [];
  const complaints = [];
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== "data:" && `${origin}/` !== address) strangers.push(request.url());
  });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.stack ?? error.message));
  await page.goto(address);
  await test(page, complaints);
  assert.deepEqual(strangers, [], "requests to another origin");
  assert.deepEqual(complaints, [], "errors and warnings on the console");
}
