import { folds, shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import type { User } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import type { PersonPicker } from "../shared/elements/person-picker.js";
import { admin } from "../shared/styles/admin.js";
import "../shared/elements/load-failure.js";
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

  /** What reads tokens comes when somebody wants to pin one. */
  @state() private tokens: "no" | "yes" | "failed" = "no";
  @query("person-picker") private picker!: PersonPicker;

  override render() {
    const m = messages().live;
    const { pins } = this.app;
    if (pins.all.length >= pins.most) return html`<p class="quiet">${m.full(pins.most)}</p>`;
    return html`
      <person-picker .app=${this.app} .label=${m.person} @person-pick=${(event: CustomEvent<{ user: User | null }>) => this.#pick(event.detail.user)}></person-picker>
      <details @toggle=${this.#load}>
        <summary>${m.token}</summary>
        ${this.tokens === "yes" ? html`<token-form .app=${this.app}></token-form>` : nothing}
        ${this.tokens === "failed" ? html`<load-failure></load-failure>` : nothing}
      </details>
    `;
  }

  #load(): void {
    if (this.tokens === "yes") return;
    import("./token-form.js").then(
      () => {
        this.tokens = "yes";
      },
      () => {
        this.tokens = "failed";
      },
    );
  }

  #pick(user: User | null): void {
    if (!user) return;
    this.app.pins.add({ userId: user.id, claims: null });
    // The field is for the next one.
    this.picker.user = null;
  }
}
