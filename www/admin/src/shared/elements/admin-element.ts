import { followLanguage } from "idp-group-sync-elements/internal/messages/language.js";
import { LitElement } from "lit";
import { property } from "lit/decorators.js";
import type { App } from "../state/app.js";

/** Shows something of the application's state, and follows it, and the language. */
export abstract class AdminElement extends LitElement {
  @property({ attribute: false }) app!: App;

  readonly #follow = () => this.requestUpdate();

  constructor() {
    super();
    followLanguage(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.app.addEventListener("change", this.#follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.app.removeEventListener("change", this.#follow);
  }
}
