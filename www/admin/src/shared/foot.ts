// What lies over the foot of the page, and how tall it is: the page scrolls that much further, so that it hides no line for good.

type Cover = "bar" | "drawer";

const heights: Record<Cover, number> = { bar: 0, drawer: 0 };

/** Follows the height of something that may lie there; gives what ends that. */
export function followCover(cover: Cover, element: Element): () => void {
  const tell = () =>
    set(cover, getComputedStyle(element).position === "fixed" ? element.getBoundingClientRect().height : 0);
  const observer = new ResizeObserver(tell);
  observer.observe(element);
  return () => {
    observer.disconnect();
    set(cover, 0);
  };
}

/** Only what is new: the whole page is styled anew for it. */
function set(cover: Cover, height: number): void {
  if (heights[cover] === height) return;
  heights[cover] = height;
  const { style } = document.documentElement;
  const all = heights.bar + heights.drawer;
  style.setProperty("--bar-height", `${heights.bar}px`);
  style.setProperty("--foot-height", `${all}px`);
  // Whatever takes the focus comes to stand above it.
  style.setProperty("scroll-padding-block-end", `${all}px`);
  uncoverCursor(all);
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
