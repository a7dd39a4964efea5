// How long the page is busy with 10,000 entries, in Chromium: when they are pasted, in each form that they may have, when
// the table is shown, and when the text is scrolled through: `node www/preview/bench/large.mjs`, or `--entries 3000`.

import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { launchChromium } from "../../../tests/support/chromium.mjs";
import { builtSite } from "./sites.mjs";

const { values } = parseArgs({ options: { entries: { type: "string", default: "10000" } } });
const names = Array.from({ length: Number(values.entries) }, (_, index) => [
  `Department ${index}`,
  `team-${index % 50}`,
]);

const texts = {
  "mapping text": names.map(([source, target]) => `${source} -> ${target}`).join("\n"),
  "nothing but mistakes": names.map(([source, target]) => `${source} => ${target}`).join("\n"),
  "two columns of CSV": names.map(([source, target]) => `${source},${target}`).join("\n"),
  "a JSON object": JSON.stringify(Object.fromEntries(names), null, 2),
};

const site = await builtSite();
const browser = await launchChromium();

console.log(
  `${names.length.toLocaleString("en")} entries, milliseconds. Busy: the longest that the page could not answer a key.`,
);
console.log(`The machine's load is ${loadavg()[0].toFixed(1)}.`);
for (const [what, text] of Object.entries(texts)) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  await page.goto(site.address);
  const mapping = page.getByRole("textbox", { name: "Group mapping" });
  await mapping.focus();
  await page.keyboard.press("Control+a");
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.evaluate(watch);

  await page.keyboard.press("Control+v");
  const pasted = await busy(page);
  const table = await page.evaluate(() => globalThis.timeToTable());
  const shown = await busy(page);
  await page.getByRole("button", { name: "Text", exact: true }).click();
  await busy(page);
  const frames = await page.evaluate(() => globalThis.scrollThrough());
  const scrolled = await busy(page);
  console.log(
    `  ${what.padEnd(22)} pasted: busy ${pasted}   table: rows after ${table}, busy ${shown}   scrolled: slowest of 120 frames ${frames}, busy ${scrolled}`,
  );
  await context.close();
}

await browser.close();
await site.close();

/** The longest task since this was asked last, once there were none for a while. Below 50, the browser tells of none. */
async function busy(page) {
  await page.waitForTimeout(2500);
  const longest = await page.evaluate(() => Math.max(0, ...globalThis.tasks.splice(0)));
  return longest === 0 ? "under 50" : longest.toFixed(0);
}

/** Runs in the page: notes long tasks, and knows how to show the table and to scroll. */
function watch() {
  globalThis.tasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.tasks.push(duration);
  }).observe({ type: "longtask" });
  const editor = document.querySelector("preview-page").shadowRoot.querySelector("group-mapping-editor").shadowRoot;

  globalThis.timeToTable = () =>
    new Promise((resolve) => {
      const start = performance.now();
      const buttons = [...editor.querySelector("mapping-editor-toolbar").shadowRoot.querySelectorAll("button")];
      buttons.find(({ textContent }) => textContent.trim() === "Table").click();
      const look = () => {
        const rows = editor.querySelector("mapping-table")?.shadowRoot?.querySelectorAll("tbody tr").length ?? 0;
        if (rows > 2) resolve(Math.round(performance.now() - start));
        else setTimeout(look, 5);
      };
      look();
    });
  globalThis.scrollThrough = () =>
    new Promise((resolve) => {
      const scroller = editor.querySelector(".cm-scroller");
      scroller.scrollTop = 0;
      let [frames, slowest, last] = [0, 0, performance.now()];
      const next = (now) => {
        slowest = Math.max(slowest, now - last);
        last = now;
        scroller.scrollTop += 300;
        if (++frames < 120) requestAnimationFrame(next);
        else resolve(Math.round(slowest));
      };
      requestAnimationFrame(next);
    });
}
