// Whoever goes by keyboard or by ear is always somewhere: when what has the focus goes, the focus goes to what it stood in.

import { deepAncestors, deepFind, deepFocus } from "../shared/deep.js";

/** What it was in, from the inside out, as long as it was there. */
type Place = { element: HTMLElement; within: HTMLElement[] };

const HEADINGS = "h1, h2, h3";
const FOCUSABLE =
  "summary, wa-button, button:not(:disabled), a[href], input:not(:disabled), select:not(:disabled), textarea";
/** What has a heading, or is a part of the page by itself. */
const PARTS = "section, article, nav, dialog, main, fieldset, details";

export class FocusKeeper {
  #last: Place | null = null;
  #waiting = false;

  start(): void {
    // Within one shadow root the focus moves without telling: it is looked at whenever something may have moved it.
    for (const type of ["focusin", "keydown", "keyup", "click"]) window.addEventListener(type, this.#look, true);
    window.addEventListener("focusout", this.check);
  }

  stop(): void {
    for (const type of ["focusin", "keydown", "keyup", "click"]) window.removeEventListener(type, this.#look, true);
    window.removeEventListener("focusout", this.check);
  }

  /** Looks whether the focus is lost, once everything is drawn. A view that knows better where it goes has moved it by then. */
  readonly check = (): void => {
    if (this.#waiting) return;
    this.#waiting = true;
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        this.#waiting = false;
        this.#keep();
      }),
    );
  };

  readonly #look = ({ type }: Event): void => {
    // Before a key goes on from nowhere.
    if (type === "keydown") this.#keep();
    this.#remember();
    this.check();
  };

  #remember(): void {
    const element = deepFocus();
    if (element && element !== this.#last?.element) this.#last = { element, within: [...deepAncestors(element)] };
  }

  #keep(): void {
    if (deepFocus()) {
      this.#remember();
      return;
    }
    const last = this.#last;
    if (!last) return;
    this.#last = null;
    // It is there and was left on purpose, for example by a click beside it.
    if (last.element.isConnected && last.element.checkVisibility() && !last.element.matches(":disabled")) return;
    for (const place of last.within) {
      if (!place.isConnected || !place.checkVisibility()) continue;
      if (!place.matches(PARTS) && !place.shadowRoot) continue;
      const root = place.shadowRoot ?? place;
      // Of the whole page, while a view without a heading is on its way, the part that it comes to.
      const part = place.matches("main") ? place : deepFind(root, "main");
      const target = deepFind(root, HEADINGS) ?? part ?? deepFind(root, FOCUSABLE);
      if (!target) continue;
      if (target.matches(HEADINGS) && !target.hasAttribute("tabindex")) target.tabIndex = -1;
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: "nearest" });
      if (!deepFocus()) continue;
      this.#remember();
      return;
    }
  }
}
