// How long it takes from a keystroke until its outcome is painted, in Chromium: `npm run bench --workspace www/preview`.
//
// Two pages are typed into: the preview page, and the settings of the admin page with three people pinned beside them.
//
// With `--against <commit>`, the pages of that commit are measured in the same run, turn by turn, so that the two can be
// compared whatever else the machine is doing. `--entries 1000,10000` and `--keys 40` say how much is measured. A bare text
// field is measured too: what Chromium itself needs on this machine.

import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { launchChromium } from "../../../tests/support/chromium.mjs";
import { openBareField } from "./bare-field.mjs";
import { openLivePage } from "./live-page.mjs";
import { openMappingPage } from "./mapping-page.mjs";
import { builtDemo, builtSite, sitesOf } from "./sites.mjs";

const { values } = parseArgs({
  options: {
    against: { type: "string" },
    entries: { type: "string", default: "1000,10000" },
    keys: { type: "string", default: "40" },
  },
});
const keys = Number(values.keys);

const { against } = values;
const before = against === undefined ? null : await sitesOf(against);
/** What is typed into, by its name. The admin page has three people pinned beside the mapping. */
const pages = {
  "preview page": { open: openMappingPage, site: await builtSite() },
  "admin page": { open: openLivePage, site: await builtDemo() },
};
const all = Object.entries(pages).flatMap(([name, { open, site }]) => [
  { name, open, site },
  ...(before ? [{ name: beforeName(name), open, site: open === openMappingPage ? before.site : before.demo }] : []),
]);

const browser = await launchChromium();

const bareField = await openBareField(browser);
const bare = [];
for (let key = 0; key < keys; key++) bare.push(await bareField.press());
await bareField.close();
console.log(
  `In a bare text field, a letter is painted after ${spread(bare, "echo")}; the machine's load is ${load()}.`,
);

for (const entries of values.entries.split(",").map(Number)) {
  const opened = [];
  for (const { name, open, site } of all) {
    opened.push({ name, page: await open(browser, site.address, entries), samples: [] });
  }
  for (let key = 0; key < keys; key++) {
    for (const { page, samples } of opened) samples.push(await page.press());
  }
  console.log(
    `\n${entries.toLocaleString("en")} entries, ${keys} keystrokes, milliseconds: median (90 of 100 are faster than)`,
  );
  const painted = new Map();
  for (const { name, page, samples } of opened) {
    // The first keystrokes are those in which the engine and the page are compiled.
    const settled = samples.slice(5);
    const burst = await page.burst(30);
    console.log(
      `  ${name.padEnd(24)} typed letter painted ${spread(settled, "echo")}   outcome in the page ${spread(settled, "known")}` +
        `   outcome painted ${spread(settled, "painted")}   30 keys at 40 ms: slowest letter ${burst.slowest.toFixed(0)}, outcome ${burst.outcome.toFixed(0)}`,
    );
    painted.set(name, median(settled, "painted"));
    await page.close();
  }
  for (const name of Object.keys(pages)) {
    const times = (painted.get(name) / median(bare, "echo")).toFixed(1);
    const ratio = before && (painted.get(beforeName(name)) / painted.get(name)).toFixed(2);
    const compared = before ? `, ${ratio} times as soon as at ${against}` : "";
    console.log(`  ${name}: outcome painted after ${times} times what a letter takes in the bare field${compared}`);
  }
  console.log(`  load ${load()}`);
}

await browser.close();
for (const { site } of all) await site.close();

function beforeName(name) {
  return `${name} at ${against}`;
}

function load() {
  return loadavg()[0].toFixed(1);
}

function sorted(samples, what) {
  return samples.map((sample) => sample[what]).toSorted((a, b) => a - b);
}

function median(samples, what) {
  return sorted(samples, what)[Math.floor(samples.length / 2)];
}

function spread(samples, what) {
  const slow = sorted(samples, what)[Math.floor(samples.length * 0.9)];
  return `${median(samples, what).toFixed(1)} (${slow.toFixed(1)})`;
}
