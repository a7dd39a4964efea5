import { property } from "lit/decorators.js";
import type { App } from "../state/app.js";
import { SpokenElement } from "./spoken-element.js";

/** Shows something of the application's state, and follows it, and the language. */
export abstract class AdminElement extends SpokenElement {
  @property({ attribute: false }) app!: App;

  readonly #follow = () => this.requestUpdate();

  override connectedCallback(): void {
    super.connectedCallback();
    this.app.addEventListener("change", this.#follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.app.removeEventListener("change", this.#follow);
  }
}
