import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, type PropertyValues } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { messages } from "../../messages/language.js";
import { admin } from "../styles/admin.js";
import { SpokenElement } from "./spoken-element.js";

/** What was copied last: the clipboard holds no more than that. */
let last: CopyValue | null = null;

/** Something to be entered elsewhere, such as an address or a secret, with a button that copies it and says so. */
@customElement("copy-value")
export class CopyValue extends SpokenElement {
  static override styles = [
    shared,
    admin,
    css`
      .row {
        flex-wrap: nowrap;
      }

      p:empty {
        margin: 0;
      }
    `,
  ];

  @property() value = "";
  /** What it is. */
  @property() label = "";
  @state() private done: "copied" | "copyByHand" | null = null;

  override render() {
    const m = messages().peopleView;
    return html`
      <div class="row">
        <input class="field" readonly aria-label=${this.label} .value=${this.value} @focus=${this.#select} />
        <wa-button size="s" appearance="outlined" @click=${this.#copy}
          >${m.copy}<span class="for-screen-readers"> ${this.label}</span></wa-button
        >
      </div>
      <p class="quiet lead" role="status">${this.done && m[this.done]}</p>
    `;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("value")) this.done = null;
  }

  #select(event: Event): void {
    (event.target as HTMLInputElement).select();
  }

  async #copy(): Promise<void> {
    if (last && last !== this) last.done = null;
    last = this;
    try {
      await navigator.clipboard.writeText(this.value);
      this.done = "copied";
    } catch {
      // Not allowed, or no secure connection: whoever reads it can copy it.
      this.renderRoot.querySelector("input")?.focus();
      this.done = "copyByHand";
    }
  }
}
