// A page with a mapping of many entries and a login that one of them concerns: the one that is typed into.

/** The group that the entry leads to; the keys make it `team-17` and `team-1` again, at last `team-18`. */
export const groups = Array.from({ length: 200 }, (_, index) => ({
  name: `team-${index}`,
  ...(index % 3 === 0 && { requires: "builder" }),
}));

/** The IdP groups of the one who signs in. */
export const idpGroups = ["Typed Into", ...Array.from({ length: 20 }, (_, index) => `Unknown ${index}`)];

/** The mapping, and the line that is typed into. */
export function typedMapping(entries) {
  const lines = Array.from({ length: entries }, (_, index) => `Department ${index} -> team-${index % 200}`);
  const line = Math.floor(entries / 2);
  lines[line] = "Typed Into -> team-1";
  return { mapping: lines.join("\n"), line };
}

/** Measures keystrokes in a page whose cursor stands behind that entry; `find` and `shown` run in it, and say where the outcome is shown. */
export async function watchTyping(page, { find, shown }) {
  await page.evaluate(`globalThis.findParts = ${find}; globalThis.shownGroups = ${shown};`);
  await page.evaluate(watch);
  await page.waitForFunction(() => globalThis.shownGroups().includes("team-1"), undefined, { timeout: 60_000 });
  let typed = false;
  return {
    /** Presses one key that changes the outcome, and says how long each thing took. */
    async press() {
      // Nothing of the last keystroke is left to be done.
      await page.waitForTimeout(700);
      typed = !typed;
      await page.evaluate((group) => globalThis.expectGroup(group), typed ? "team-17" : "team-1");
      await page.keyboard.press(typed ? "7" : "Backspace");
      return page.evaluate(() => globalThis.measured);
    },
    /** Types a run of letters as a fast typist would: how long the slowest took to appear, and the outcome after the last. */
    async burst(count) {
      if (typed) await this.press();
      await page.evaluate(() => globalThis.startBurst());
      const pressed = [];
      for (let key = 0; key < count; key++) {
        // Not waited for: a slow page must not slow the typist down.
        pressed.push(page.keyboard.press(key % 2 === 0 ? "7" : "Backspace"));
        await page.waitForTimeout(40);
      }
      await Promise.all(pressed);
      const slowest = await page.evaluate(() => globalThis.slowestEcho());
      // An outcome that was not seen before: those of the run may have been passed over.
      await page.evaluate(() => globalThis.expectGroup("team-18"));
      await page.keyboard.press("8");
      const { painted } = await page.evaluate(() => globalThis.measured);
      return { slowest, outcome: painted };
    },
    close: () => page.close(),
  };
}

/** Runs in the page: notes when a key went down, when its letter was painted, and when its outcome was. */
function watch() {
  const { content, outcome } = globalThis.findParts();
  let pressed = 0;
  let echoes = [];
  const afterPaint = (then) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => then(performance.now());
      port2.postMessage(undefined);
    });

  window.addEventListener(
    "keydown",
    (event) => {
      pressed = event.timeStamp;
    },
    { capture: true },
  );
  new MutationObserver(() => {
    const since = pressed;
    afterPaint((at) => echoes.push(at - since));
  }).observe(content, { subtree: true, childList: true, characterData: true });

  globalThis.startBurst = () => {
    echoes = [];
  };
  globalThis.slowestEcho = () => Math.max(...echoes);
  globalThis.expectGroup = (group) => {
    echoes = [];
    globalThis.measured = new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!globalThis.shownGroups().includes(group)) return;
        observer.disconnect();
        const known = performance.now() - pressed;
        afterPaint((at) => resolve({ echo: echoes[0] ?? at - pressed, known, painted: at - pressed }));
      });
      observer.observe(outcome, { subtree: true, childList: true, characterData: true });
    });
  };
}
