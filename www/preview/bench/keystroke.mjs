// How long it takes from a keystroke until its outcome is painted, in Chromium: `npm run bench --workspace www/preview`.
//
// Two pages are typed into: the preview page, and the settings of the admin page with three people pinned beside them.
//
// With `--against <commit>`, the page of that commit is measured in the same run, turn by turn, so that the two can be
// compared whatever else the machine is doing. `--entries 1000,10000` and `--keys 40` say how much is measured. A bare text
// field is measured too: what Chromium itself needs on this machine.

import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { launchChromium } from "../../../tests/support/chromium.mjs";
import { openBareField } from "./bare-field.mjs";
import { openLivePage } from "./live-page.mjs";
import { openMappingPage } from "./mapping-page.mjs";
import { builtDemo, builtSite, siteOf } from "./sites.mjs";

const { values } = parseArgs({
  options: {
    against: { type: "string" },
    entries: { type: "string", default: "1000,10000" },
    keys: { type: "string", default: "40" },
  },
});
const keys = Number(values.keys);
/** The admin page, with three people pinned beside the mapping. */
const live = "live preview";

const sites = { now: await builtSite() };
if (values.against) sites[values.against] = await siteOf(values.against);

const demo = await builtDemo();

const browser = await launchChromium();

const bareField = await openBareField(browser);
const bare = [];
for (let key = 0; key < keys; key++) bare.push(await bareField.press());
await bareField.close();
console.log(
  `In a bare text field, a letter is painted after ${spread(bare, "echo")}; the machine's load is ${load()}.`,
);

for (const entries of values.entries.split(",").map(Number)) {
  const pages = {};
  for (const [name, { address }] of Object.entries(sites))
    pages[name] = await openMappingPage(browser, address, entries);
  pages[live] = await openLivePage(browser, demo.address, entries);
  const samples = Object.fromEntries(Object.keys(pages).map((name) => [name, []]));
  for (let key = 0; key < keys; key++) {
    for (const [name, page] of Object.entries(pages)) samples[name].push(await page.press());
  }
  console.log(
    `\n${entries.toLocaleString("en")} entries, ${keys} keystrokes, milliseconds: median (90 of 100 are faster than)`,
  );
  for (const [name, page] of Object.entries(pages)) {
    // The first keystrokes are those in which the engine and the page are compiled.
    const settled = samples[name].slice(5);
    const burst = await page.burst(30);
    console.log(
      `  ${name.padEnd(12)} typed letter painted ${spread(settled, "echo")}   outcome in the page ${spread(settled, "known")}` +
        `   outcome painted ${spread(settled, "painted")}   30 keys at 40 ms: slowest letter ${burst.slowest.toFixed(0)}, outcome ${burst.outcome.toFixed(0)}`,
    );
    await page.close();
  }
  const times = (median(samples.now.slice(5), "painted") / median(bare, "echo")).toFixed(1);
  console.log(`  outcome painted after ${times} times what a letter takes in the bare field; load ${load()}`);
  if (values.against) {
    const ratio = median(samples[values.against], "painted") / median(samples.now, "painted");
    console.log(`  outcome painted ${ratio.toFixed(1)} times as soon as at ${values.against}`);
  }
}

await browser.close();
await demo.close();
for (const { close } of Object.values(sites)) await close();

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
