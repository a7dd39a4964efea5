import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { html } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { SpokenElement } from "../shared/elements/spoken-element.js";
import { admin } from "../shared/styles/admin.js";
import "../shared/elements/modal-dialog.js";

/**
 * Asks before a held run is carried out all the same: for how many people lose something, and why.
 *
 * @fires apply-run - It is to be carried out; the detail is why.
 * @fires dialog-close
 */
@customElement("apply-run-dialog")
export class ApplyRunDialog extends SpokenElement {
  static override styles = [shared, admin];

  @property({ type: Number }) people = 0;
  @state() private typed = "";
  @state() private why = "";

  override render() {
    const m = messages().directory;
    const isRight = this.typed.trim() === String(this.people) && this.why.trim() !== "";
    return html`
      <modal-dialog .heading=${m.applyTitle(this.people)} open @dialog-close=${() => this.dispatchEvent(new CustomEvent("dialog-close"))}>
        <p>${m.applyHint}</p>
        <label>
          <span class="label">${m.number(this.people)}</span>
          <input class="field" inputmode="numeric" autocomplete="off" .value=${this.typed} @input=${(event: Event) => {
            this.typed = (event.target as HTMLInputElement).value;
          }} />
        </label>
        <label>
          <span class="label">${m.why}</span>
          <input class="field" maxlength="1000" .value=${this.why} @input=${(event: Event) => {
            this.why = (event.target as HTMLInputElement).value;
          }} />
        </label>
        <wa-button slot="actions" size="s" appearance="outlined" @click=${() => this.dispatchEvent(new CustomEvent("dialog-close"))}>${messages().cancel}</wa-button>
        <wa-button slot="actions" size="s" variant="danger" ?disabled=${!isRight} @click=${() =>
          this.dispatchEvent(new CustomEvent("apply-run", { detail: this.why.trim() }))}>${m.apply}</wa-button>
      </modal-dialog>
    `;
  }
}
