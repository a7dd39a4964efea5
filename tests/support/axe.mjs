// What axe finds on a page, once the page stands still.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What is wrong: for each place one line with the rule, the element and what axe measured there, such as the colours. */
export async function violations(page) {
  // What the pointer happens to rest on would look as if it were meant.
  await page.mouse.move(0, 0);
  await page.evaluate(standStill);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  // Of what is right, there is much, and collecting it takes longer than finding what is wrong.
  const found = await page.evaluate(async () => (await window.axe.run({ resultTypes: ["violations"] })).violations);
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html, any, all, none }) => {
      const measured = [...any, ...all, ...none].map(({ message, data }) => `${message} ${JSON.stringify(data)}`);
      return `${id}: ${help}\n  at ${target.flat().join(" ")}\n  ${html}\n  ${measured.join("\n  ")}`;
    }),
  );
}

/**
 * Runs in the page: ends what is half faded in, which has no contrast yet, and waits until a few frames have changed
 * nothing. What goes on for ever, such as a cursor's blinking, is left alone. Each shadow root is asked for itself: the
 * document knows nothing of their animations.
 */
async function standStill() {
  const roots = () => {
    const found = [document];
    for (const root of found) {
      for (const element of root.querySelectorAll("*")) if (element.shadowRoot) found.push(element.shadowRoot);
    }
    return found;
  };
  const endless = (animation) => animation.effect?.getComputedTiming().endTime === Infinity;
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

  await document.fonts.ready;
  let still = 0;
  for (let frames = 0; still < 5; frames++) {
    if (frames > 1000) throw new Error("the page never stands still");
    let changed = false;
    const observer = new MutationObserver(() => {
      changed = true;
    });
    for (const root of roots()) {
      observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
      for (const animation of root.getAnimations()) {
        if (endless(animation) || animation.playState === "finished") continue;
        animation.finish();
        changed = true;
      }
    }
    await frame();
    observer.disconnect();
    still = changed ? 0 : still + 1;
  }
}
