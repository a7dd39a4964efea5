import "@awesome.me/webawesome/dist/components/input/input.js";
import type WaInput from "@awesome.me/webawesome/dist/components/input/input.js";
import type { ClaimOptions } from "idp-group-sync";
import { claimFields, claimText } from "idp-group-sync-elements/internal/claim-fields.js";
import { withClaimText } from "idp-group-sync-elements/internal/pages/claim-text.js";
import { folds, shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import type { Rejection } from "../shared/state/draft.js";
import { admin } from "../shared/styles/admin.js";
import { rejectionText } from "../shared/words/rejections.js";
import "idp-group-sync-elements/internal/pages/claim-form.js";
import "./claim-tokens.js";

/**
 * Which claim of the token carries the groups, with the claims of the latest logins to choose from.
 *
 * @fires claim-change - `detail.claim` is the new setting.
 */
@customElement("claim-setting")
export class ClaimSetting extends AdminElement {
  static override styles = [
    shared,
    folds,
    admin,
    css`
      .note,
      claim-tokens {
        margin-block-start: var(--wa-space-xs);
      }

      details {
        margin-block-start: var(--wa-space-2xs);
      }
    `,
  ];

  @property({ attribute: false }) claim: ClaimOptions = "groups";
  /** Why the engine refuses the claim as it stands. */
  @property({ attribute: false }) rejection: Rejection | undefined;

  override render() {
    const m = messages().claim;
    const name = claimText(this.claim);
    const { delimiter, item } = claimFields(this.claim) ?? {};
    return html`
      <wa-input
        size="s"
        label=${m.name}
        hint=${m.hint}
        spellcheck="false"
        autocapitalize="off"
        ?disabled=${this.app.readOnly}
        .value=${name}
        @input=${(event: Event) => this.#rename((event.target as WaInput).value ?? "")}
      ></wa-input>
      ${this.rejection ? html`<p class="note error" role="alert">${rejectionText(this.rejection)}</p>` : nothing}
      ${
        this.rejection || !this.app.knowsPeople
          ? nothing
          : html`<claim-tokens
              .app=${this.app}
              .claim=${this.claim}
              ?locked=${this.app.readOnly}
              @claim-change=${(event: CustomEvent<{ claim: ClaimOptions }>) => this.#change(event.detail.claim)}
            ></claim-tokens>`
      }
      <details ?open=${delimiter !== undefined || item !== undefined} ?hidden=${this.app.readOnly}>
        <summary>${m.options}</summary>
        <claim-form
          .claim=${this.claim}
          @claim-change=${(event: CustomEvent<{ claim: ClaimOptions }>) => this.#change(event.detail.claim)}
        ></claim-form>
      </details>
    `;
  }

  #rename(name: string): void {
    this.#change(withClaimText(this.claim, name));
  }

  #change(claim: ClaimOptions): void {
    const fields = claimFields(claim);
    // A name alone is written as such, as the engine's own default is.
    const detail = { claim: fields && Object.keys(fields).length === 1 ? fields.name : claim };
    this.dispatchEvent(new CustomEvent("claim-change", { detail }));
  }
}
