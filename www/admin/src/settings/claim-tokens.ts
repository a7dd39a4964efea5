import "@awesome.me/webawesome/dist/components/icon/icon.js";
import type { ClaimOptions } from "idp-group-sync";
import { claimText } from "idp-group-sync-elements/internal/claim-fields.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { ClaimSought } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { admin } from "../shared/styles/admin.js";

/** The tokens are looked through when nothing was typed for so long. */
const PAUSE = 250;

/**
 * In how many recent tokens a claim is; and where it is in none, which others the engine finds that may be meant.
 *
 * @fires claim-change - Another one was chosen; `detail.claim` is its setting.
 */
@customElement("claim-tokens")
export class ClaimTokens extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      /* As tall as the line that comes. */
      .count {
        min-height: 1.5em;
      }

      li {
        margin-block-start: var(--wa-space-2xs);
      }

      button {
        text-align: start;
      }

      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wa-space-2xs);
        align-items: center;
        margin-block-start: var(--wa-space-2xs);
      }

      .chip {
        padding: 0.1rem 0.6rem;
        border: 1px solid var(--gs-line);
        border-radius: var(--wa-border-radius-pill);
        background: var(--gs-field);
        color: inherit;
        font: inherit;
        font-size: var(--gs-small-size);
        overflow-wrap: anywhere;
        cursor: pointer;
      }
    `,
  ];

  @property({ attribute: false }) claim: ClaimOptions = "groups";
  /** Whether another claim can be chosen. */
  @property({ type: Boolean }) locked = false;

  /** Of which claim it is, as JSON, and what is known of it. */
  @state() private found: { of: string; sought: ClaimSought } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override render() {
    const sought = this.found?.of === JSON.stringify(this.claim) ? this.found.sought : null;
    return html`
      <div role="status" aria-busy=${sought ? "false" : "true"}>${this.#count(sought)}</div>
      ${sought ? this.#chips(sought) : nothing}
    `;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("claim") || JSON.stringify(changed.get("claim")) === JSON.stringify(this.claim)) return;
    clearTimeout(this.#timer);
    const { claim } = this;
    const { sought } = this.app;
    const of = JSON.stringify(claim);
    if (!this.found && sought && JSON.stringify(sought.claim) === of) this.found = { of, sought: sought.answer };
    this.#timer = setTimeout(() => void this.#ask(claim), this.hasUpdated ? PAUSE : 0);
  }

  /** Without an answer nothing is said: the field works as well. */
  async #ask(claim: ClaimOptions): Promise<void> {
    const sought = await this.app.backend.claimSought(claim).catch(() => null);
    if (sought && JSON.stringify(claim) === JSON.stringify(this.claim)) {
      this.found = { of: JSON.stringify(claim), sought };
    }
  }

  #count(sought: ClaimSought | null): TemplateResult {
    const m = messages().claim;
    if (!sought) return html`<p class="count quiet"></p>`;
    // Of no token at all nothing can be concluded.
    if (sought.tokens === 0) return html`<p class="count quiet">${m.noTokens}</p>`;
    const { tokens, withClaim, suggestions } = sought;
    if (withClaim === null) return html`<p class="count quiet">${m.notKept}</p>`;
    if (withClaim > 0) return html`<p class="count quiet">${m.inTokens(withClaim, tokens)}</p>`;
    return html`
      <div class="note warning">
        <p>${m.inTokens(0, tokens)} ${m.treatedAsMissing}</p>
        ${suggestions.length > 0 ? html`<p>${this.locked ? m.perhapsMeant : m.chooseMeant}</p>` : nothing}
        <ul>
          ${suggestions.map((suggestion) => this.#suggestion(suggestion, tokens))}
        </ul>
      </div>
    `;
  }

  /** Every other claim that the engine finds, beside one that is there. */
  #chips({ tokens, withClaim, suggestions }: ClaimSought): TemplateResult | typeof nothing {
    if (this.locked || withClaim === 0 || suggestions.length === 0) return nothing;
    const m = messages().claim;
    return html`
      <div class="chips" role="group" aria-label=${m.suggestions}>
        <span class="quiet">${m.suggestions}</span>
        ${suggestions.map(
          (suggestion) => html`
            <button
              class="chip"
              type="button"
              title=${suggestion.examples.join(", ")}
              @click=${() => this.#choose(suggestion.claim)}
            >
              ${claimText(suggestion.claim)} <span class="for-screen-readers">,</span>
              <span class="quiet">${m.users(suggestion.tokens, tokens)}</span>
            </button>
          `,
        )}
      </div>
    `;
  }

  #suggestion({ claim, tokens, examples }: ClaimSought["suggestions"][number], of: number): TemplateResult {
    const m = messages().claim;
    const name = html`<code>${claimText(claim)}</code>`;
    return html`
      <li>
        ${
          this.locked
            ? name
            : html`<button class="link" type="button" @click=${() => this.#choose(claim)}>${m.use(name)}</button>`
        }
        <span class="quiet">${m.users(tokens, of)}${examples.length > 0 ? html`: ${examples.join(", ")}` : nothing}</span>
      </li>
    `;
  }

  #choose(claim: ClaimOptions): void {
    this.dispatchEvent(new CustomEvent("claim-change", { detail: { claim } }));
  }
}
