import "@awesome.me/webawesome/dist/components/button/button.js";
import { readClaimsText } from "idp-group-sync-elements/internal/pages/claims-text.js";
import { folds, shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import type { User } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import type { PersonPicker } from "../shared/elements/person-picker.js";
import { admin } from "../shared/styles/admin.js";
import "../shared/elements/claims-input.js";
import "../shared/elements/person-picker.js";

/** Pins people and tokens. */
@customElement("pin-form")
export class PinForm extends AdminElement {
  static override styles = [
    shared,
    folds,
    admin,
    css`
      details {
        margin-block-start: var(--wa-space-xs);
      }
    `,
  ];

  @state() private text = "";
  @query("person-picker") private picker!: PersonPicker;

  override render() {
    const m = messages().live;
    const { pins } = this.app;
    if (pins.all.length >= pins.most) return html`<p class="quiet">${m.full(pins.most)}</p>`;
    return html`
      <person-picker .app=${this.app} .label=${m.person} @person-pick=${(event: CustomEvent<{ user: User | null }>) => this.#pick(event.detail.user)}></person-picker>
      <details>
        <summary>${m.token}</summary>
        <claims-input
          .value=${this.text}
          .label=${m.claims}
          .hint=${m.claimsHint}
          @claims-change=${(event: CustomEvent<{ value: string }>) => {
            this.text = event.detail.value;
          }}
        ></claims-input>
        <wa-button size="s" appearance="outlined" ?disabled=${!this.#claims} @click=${this.#pinToken}>${m.pin}</wa-button>
      </details>
    `;
  }

  get #claims(): object | null {
    const read = this.text.trim() === "" ? null : readClaimsText(this.text);
    return read?.ok && typeof read.claims === "object" ? read.claims : null;
  }

  #pick(user: User | null): void {
    if (!user) return;
    this.app.pins.add({ userId: user.id, claims: null });
    // The field is for the next one.
    this.picker.user = null;
  }

  #pinToken(): void {
    const claims = this.#claims;
    if (!claims) return;
    this.app.pins.add({ userId: null, claims });
    this.text = "";
  }
}
