import { diffMappings, type GroupSyncConfig, GroupSyncError, type MappingChange } from "idp-group-sync";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { shared } from "../../../src/styles/shared.js";
import { messages } from "../messages/language.js";
import { accessStyles } from "../styles/access.js";
import { admin } from "../styles/admin.js";
import { accessChange, effectBadge } from "../words/access.js";
import { coded } from "../words/coded.js";

/** A mapping may differ in thousands of names. */
const AT_FIRST = 50;

/** Exactly what one configuration does otherwise than another one, group by group, as the engine says. */
@customElement("rule-difference")
export class RuleDifference extends LitElement {
  static override styles = [
    shared,
    admin,
    accessStyles,
    css`
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--wa-space-2xs) var(--wa-space-s);
      }

      @media (min-width: 40rem) {
        li {
          grid-template-columns: minmax(0, 2fr) 5rem minmax(0, 3fr);
          align-items: baseline;
        }
      }
    `,
  ];

  @property({ attribute: false }) earlier!: GroupSyncConfig;
  @property({ attribute: false }) later!: GroupSyncConfig;

  @state() private all = false;
  #changes: MappingChange[] = [];
  #problem: string | null = null;

  override render() {
    const m = messages().difference;
    if (this.#problem !== null) return html`<p class="note warning" lang="en">${coded(this.#problem)}.</p>`;
    if (this.#changes.length === 0) return html`<p class="quiet">${m.none}</p>`;
    const shown = this.all ? this.#changes : this.#changes.slice(0, AT_FIRST);
    return html`
      <p class="quiet">${m.count(this.#changes.length)}</p>
      <ul class="rows">
        ${shown.map((change) => this.#change(change))}
      </ul>
      ${
        shown.length < this.#changes.length
          ? html`<button
              class="link"
              type="button"
              @click=${() => {
                this.all = true;
              }}
            >
              ${messages().showAll(this.#changes.length)}
            </button>`
          : nothing
      }
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("earlier") && !changed.has("later")) return;
    this.#changes = [];
    this.#problem = null;
    try {
      this.#changes = diffMappings(this.earlier, this.later).changes;
    } catch (error) {
      if (!(error instanceof GroupSyncError)) throw error;
      this.#problem = error.message;
    }
  }

  #change({ idpGroup, kind, before, after, effect }: MappingChange): TemplateResult {
    return html`
      <li>
        <span class="names">
          <code>${idpGroup}</code>
          ${kind === "pattern" ? html`<span class="badge">${messages().difference.pattern}</span>` : nothing}
        </span>
        <span>${effectBadge(effect)}</span>
        ${accessChange(before, after)}
      </li>
    `;
  }
}
