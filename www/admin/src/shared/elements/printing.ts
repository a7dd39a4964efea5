// What is printed is whole: it has also what a screen shows only to whoever asks for it.

import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Draws an element anew for a printer, and for the screen after that. */
export class Printing implements ReactiveController {
  active = false;
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener("beforeprint", this);
    window.addEventListener("afterprint", this);
  }

  hostDisconnected(): void {
    window.removeEventListener("beforeprint", this);
    window.removeEventListener("afterprint", this);
  }

  handleEvent({ type }: Event): void {
    this.active = type === "beforeprint";
    this.#host.requestUpdate();
  }
}

/** Prints the page once everything of it is drawn for that: within a script, the browser would not wait. */
export async function print(): Promise<void> {
  window.dispatchEvent(new Event("beforeprint"));
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  window.print();
}
