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

/** Tokens hold many claims; the commonest few are enough to choose from. */
const SUGGESTED = 8;

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
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wa-space-2xs);
        align-items: center;
        margin-block-start: var(--wa-space-xs);
      }

      .chip {
        padding: 0.1rem 0.6rem;
        border: 1px solid var(--gs-line);
        border-radius: var(--wa-border-radius-pill);
        background: var(--gs-field);
        color: inherit;
        font: inherit;
        font-size: var(--gs-small-size);
        cursor: pointer;
      }

      .chip[aria-pressed="true"] {
        border-color: var(--gs-target);
        color: var(--gs-target);
        font-weight: var(--wa-font-weight-semibold);
      }

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
    const { tokens, claims } = this.app.claims;
    return html`
      <wa-input
        size="s"
        label=${m.name}
        hint=${m.hint}
        spellcheck="false"
        autocapitalize="off"
        .value=${name}
        @input=${(event: Event) => this.#rename((event.target as WaInput).value ?? "")}
      ></wa-input>
      ${this.rejection ? html`<p class="note error" role="alert">${rejectionText(this.rejection)}</p>` : nothing}
      ${
        this.rejection
          ? nothing
          : html`<claim-tokens
              .app=${this.app}
              .claim=${this.claim}
              @claim-change=${(event: CustomEvent<{ claim: ClaimOptions }>) => this.#change(event.detail.claim)}
            ></claim-tokens>`
      }
      <div class="chips" role="group" aria-label=${m.suggestions}>
        <span class="quiet">${claims.length > 0 ? m.suggestions : m.noSuggestions}</span>
        ${claims.slice(0, SUGGESTED).map(
          (claim) => html`
            <button
              class="chip"
              type="button"
              aria-pressed=${claim.name === name ? "true" : "false"}
              @click=${() => this.#rename(claim.name)}
            >
              ${claim.name} <span class="for-screen-readers">,</span>
              <span class="quiet">${m.users(claim.users, tokens)}</span>
            </button>
          `,
        )}
      </div>
      <details ?open=${delimiter !== undefined || item !== undefined}>
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
