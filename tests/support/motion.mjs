// What the styles of a page move or fade.

/** Runs in the page: what moves, in every shadow root. */
export function moving() {
  const isLong = (times) => times.split(", ").some((time) => Number.parseFloat(time) > 0);
  const found = new Set();
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      for (const pseudo of [null, "::before", "::after"]) {
        const style = getComputedStyle(element, pseudo);
        const animated = style.animationName !== "none" && isLong(style.animationDuration);
        if (isLong(style.transitionDuration) || animated || style.scrollBehavior === "smooth") {
          const host = element.getRootNode().host?.localName ?? "page";
          found.add(`${host} ${element.localName}.${[...element.classList].join(".")}${pseudo ?? ""}`);
        }
      }
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  return [...found];
}
