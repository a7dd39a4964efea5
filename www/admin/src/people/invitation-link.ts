import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { SpokenElement } from "../shared/elements/spoken-element.js";
import { admin } from "../shared/styles/admin.js";

/** The link of an invitation, to be copied: it is shown this once. */
@customElement("invitation-link")
export class InvitationLink extends SpokenElement {
  static override styles = [
    shared,
    admin,
    css`
      .row {
        flex-wrap: nowrap;
        margin-block-start: var(--wa-space-s);
      }
    `,
  ];

  @property() link = "";
  @state() private copied = "";

  override render() {
    const m = messages().peopleView;
    return html`
      <p class="note warning">${m.linkHint}</p>
      <div class="row">
        <input class="field" readonly aria-label=${m.link} .value=${this.link} @focus=${this.#select} />
        <wa-button size="s" appearance="outlined" @click=${this.#copy}>${m.copy}</wa-button>
      </div>
      <p class="quiet" role="status">${this.copied}</p>
    `;
  }

  #select(event: Event): void {
    (event.target as HTMLInputElement).select();
  }

  async #copy(): Promise<void> {
    const m = messages().peopleView;
    try {
      await navigator.clipboard.writeText(this.link);
      this.copied = m.copied;
    } catch {
      // Not allowed, or no secure connection: whoever reads it can copy it.
      this.renderRoot.querySelector("input")?.focus();
      this.copied = m.copyByHand;
    }
  }
}
