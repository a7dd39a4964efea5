// The page as the eye has it: through the shadow roots of its elements.

/** Every element below, in the order of the page, those within shadow roots included. */
export function* deepElements(root: ParentNode): Generator<HTMLElement> {
  for (const element of root.children) {
    if (!(element instanceof HTMLElement)) continue;
    yield element;
    if (element.shadowRoot) yield* deepElements(element.shadowRoot);
    yield* deepElements(element);
  }
}

/** The first one in sight that a selector names. */
export function deepFind(root: ParentNode, selector: string): HTMLElement | undefined {
  for (const element of deepElements(root)) {
    if (element.matches(selector) && element.checkVisibility()) return element;
  }
  return undefined;
}

/** What has the focus, within whatever it is; `null` if nothing has. */
export function deepFocus(): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement && active !== document.body ? active : null;
}

/** What an element stands in, from the inside out. */
export function* deepAncestors(element: Element): Generator<HTMLElement> {
  let node: Node | null = element;
  while (node) {
    node = node.parentNode ?? (node instanceof ShadowRoot ? node.host : null);
    if (node instanceof HTMLElement) yield node;
  }
}

/** So many frames are waited for a part of the page that comes by itself. */
const FRAMES = 600;

/** Waits for what a selector names to be in sight. */
export async function appearance(root: ParentNode, selector: string): Promise<HTMLElement | undefined> {
  for (let frame = 0; frame < FRAMES; frame += 1) {
    const found = deepFind(root, selector);
    if (found) return found;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return undefined;
}
