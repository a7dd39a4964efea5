// What somebody without a mouse does: Tab until it is there.

const sessions = new WeakMap();

/** What has the focus, as the browser calls it to a screen reader; `null` if nothing has. */
export async function focused(page) {
  if (!sessions.has(page)) sessions.set(page, await page.context().newCDPSession(page));
  const client = sessions.get(page);
  const { result } = await client.send("Runtime.evaluate", { expression: `(${active})()` });
  if (!result.objectId) return null;
  const tree = { objectId: result.objectId, fetchRelatives: false };
  const { nodes } = await client.send("Accessibility.getPartialAXTree", tree);
  return nodes[0]?.name?.value || nodes[0]?.role?.value || "";
}

function active() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element === document.body ? null : element;
}

/** Presses Tab until something of this name has the focus. */
export async function reach(page, name, most = 150) {
  const seen = [];
  for (let pressed = 0; pressed < most; pressed += 1) {
    const found = (await focused(page)) ?? "nothing";
    if (typeof name === "string" ? found === name : name.test(found)) return;
    seen.push(found);
    await page.keyboard.press("Tab");
  }
  throw new Error(`${name} is not among ${JSON.stringify(seen)}`);
}

/** Counts what a mouse would do to the document that is open at last. */
export function withoutMouse(page) {
  return page.addInitScript(() => {
    globalThis.mouse = 0;
    for (const type of ["pointerdown", "mousedown", "mousemove", "touchstart"]) {
      window.addEventListener(
        type,
        () => {
          globalThis.mouse += 1;
        },
        true,
      );
    }
  });
}
