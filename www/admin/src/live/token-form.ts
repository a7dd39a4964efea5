import "@awesome.me/webawesome/dist/components/button/button.js";
import { readClaimsText } from "idp-group-sync-elements/internal/pages/claims-text.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { html } from "lit";
import { customElement, state } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { admin } from "../shared/styles/admin.js";
import "../shared/elements/claims-input.js";

/** Pins a token. */
@customElement("token-form")
export class TokenForm extends AdminElement {
  static override styles = [shared, admin];

  @state() private text = "";

  override render() {
    const m = messages().live;
    return html`
      <claims-input
        .value=${this.text}
        .label=${m.claims}
        .hint=${m.claimsHint}
        @claims-change=${(event: CustomEvent<{ value: string }>) => {
          this.text = event.detail.value;
        }}
      ></claims-input>
      <wa-button size="s" appearance="outlined" ?disabled=${!this.#claims} @click=${this.#pin}>${m.pin}</wa-button>
    `;
  }

  get #claims(): object | null {
    const read = this.text.trim() === "" ? null : readClaimsText(this.text);
    return read?.ok && typeof read.claims === "object" ? read.claims : null;
  }

  #pin(): void {
    const claims = this.#claims;
    if (!claims) return;
    this.app.pins.add({ userId: null, claims });
    this.text = "";
  }
}
