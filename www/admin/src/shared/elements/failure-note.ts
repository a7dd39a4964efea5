import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { BackendError } from "../../backend/backend.js";
import { messages } from "../../messages/language.js";
import { admin } from "../styles/admin.js";
import { coded } from "../words/coded.js";
import { SpokenElement } from "./spoken-element.js";

/**
 * Why something could not be had.
 *
 * @fires again - It is to be tried once more.
 */
@customElement("failure-note")
export class FailureNote extends SpokenElement {
  static override styles = [shared, admin];

  @property({ attribute: false }) failure!: BackendError;
  /** Whether trying again without changing anything is of no use. */
  @property({ type: Boolean }) lasting = false;

  override render() {
    const m = messages().problems;
    const { code, message, path } = this.failure;
    return html`
      <div class="note error" role="alert">
        <p>${m[code] ?? html`<span lang="en">${coded(message)}.</span>`}</p>
        ${path && !m[code] ? html`<p class="quiet"><code>${path}</code></p>` : nothing}
        ${code === "not-signed-in" ? html`<p><a href="/sign-in" target="_blank">${m.signIn}</a></p>` : nothing}
        ${
          this.lasting
            ? nothing
            : html`<div><wa-button size="s" appearance="outlined" @click=${() => this.dispatchEvent(new CustomEvent("again"))}>${m.again}</wa-button></div>`
        }
      </div>
    `;
  }
}
