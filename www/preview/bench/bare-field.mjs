// A page that holds nothing but a text field: no letter can be painted sooner than here, on this machine, just now.

export async function openBareField(browser) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.setContent("<textarea></textarea>");
  await page.locator("textarea").focus();
  await page.evaluate(watch);
  return {
    /** Presses one key, and says how long it took until its letter was painted. */
    async press() {
      await page.waitForTimeout(100);
      await page.evaluate(() => globalThis.expectLetter());
      await page.keyboard.press("7");
      return page.evaluate(() => globalThis.measured);
    },
    close: () => page.close(),
  };
}

/** Runs in the page: measures as `mapping-page.mjs` does. */
function watch() {
  const field = document.querySelector("textarea");
  let pressed = 0;
  window.addEventListener("keydown", (event) => {
    pressed = event.timeStamp;
  });
  globalThis.expectLetter = () => {
    globalThis.measured = new Promise((resolve) => {
      const painted = () =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve({ echo: performance.now() - pressed });
          port2.postMessage(undefined);
        });
      field.addEventListener("input", painted, { once: true });
    });
  };
}
