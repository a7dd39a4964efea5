// What lies over the foot of the page, and how tall it is: the page scrolls that much further, so that it hides no line for good.

type Cover = "bar" | "drawer";

const heights: Record<Cover, number> = { bar: 0, drawer: 0 };
/** What stands above the bar. */
const aboveBar = new Set<HTMLElement>();

/** Follows the height of something that may lie there; gives what ends that. */
export function followCover(cover: Cover, element: HTMLElement): () => void {
  if (cover === "drawer") {
    aboveBar.add(element);
    tellBarHeight(element);
  }
  const tell = () =>
    set(cover, getComputedStyle(element).position === "fixed" ? element.getBoundingClientRect().height : 0);
  const observer = new ResizeObserver(tell);
  observer.observe(element);
  return () => {
    observer.disconnect();
    aboveBar.delete(element);
    set(cover, 0);
  };
}

function set(cover: Cover, height: number): void {
  if (heights[cover] === height) return;
  heights[cover] = height;
  const all = `${heights.bar + heights.drawer}px`;
  // Nothing that is inherited: the whole page would be styled anew with the first letter that is typed.
  document.body.style.paddingBlockEnd = all;
  // Whatever takes the focus comes to stand above it.
  document.documentElement.style.scrollPaddingBlockEnd = all;
  aboveBar.forEach(tellBarHeight);
  uncoverCursor(heights.bar + heights.drawer);
}

function tellBarHeight({ style }: HTMLElement): void {
  style.setProperty("--bar-height", `${heights.bar}px`);
}

/** Whoever types goes on seeing what they type, also when the bar comes with the first letter. */
function uncoverCursor(height: number): void {
  let root: Document | ShadowRoot = document;
  while (root.activeElement?.shadowRoot) root = root.activeElement.shadowRoot;
  if (!(root.activeElement instanceof HTMLElement) || !root.activeElement.isContentEditable) return;
  const cursor = root.activeElement.parentElement?.parentElement?.querySelector(".cm-cursor-primary");
  const covered = cursor ? cursor.getBoundingClientRect().bottom - (window.innerHeight - height) : 0;
  if (covered > 0) window.scrollBy({ top: covered + 8 });
}
