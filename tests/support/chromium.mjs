// The system's Chromium, the same for every test, benchmark and picture.

import { chromium } from "playwright-core";

/** Its own background traffic is switched off: whatever is requested, a page requested. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** `more` are further switches. */
export function launchChromium(...more) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [...args, ...more],
  });
}
