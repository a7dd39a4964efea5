import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import type { Diagnostic, Severity } from "idp-group-sync";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { countDiagnostics, sentence } from "../messages.js";
import { shared } from "../styles/shared.js";

const icons: Record<Severity, string> = { error: "cross", warning: "warning", info: "info" };

/**
 * The engine's diagnostics as a list: what is wrong, where, how to mend it.
 *
 * @fires diagnostic-select - Its place was asked for; `detail.diagnostic`.
 * @fires fix-apply - One of its fixes was chosen; `detail.fix`.
 */
@customElement("diagnostic-list")
export class DiagnosticList extends LitElement {
  static override styles = [
    shared,
    css`
      ul {
        display: grid;
        gap: var(--wa-space-xs);
      }

      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0 var(--wa-space-xs);
        padding: var(--wa-space-xs) var(--wa-space-s);
        border-inline-start: 3px solid var(--severity);
        border-radius: var(--wa-border-radius-s);
        background: var(--fill);
        line-height: 1.5;
      }

      wa-icon {
        margin-block-start: 0.2em;
        color: var(--severity);
      }

      .error {
        --severity: var(--gs-error);
        --fill: var(--gs-error-fill);
      }

      .warning {
        --severity: var(--gs-warning);
        --fill: var(--gs-warning-fill);
      }

      .info {
        --severity: var(--gs-info);
        --fill: var(--gs-info-fill);
      }

      .fixes {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wa-space-xs);
        margin-block-start: var(--wa-space-2xs);
      }

      wa-button::part(label) {
        overflow-wrap: anywhere;
        white-space: normal;
        text-align: start;
      }

      wa-button::part(button) {
        height: auto;
        min-height: 1.75rem;
        padding-block: 0.2rem;
      }

      .more {
        padding-inline: var(--wa-space-s);
      }
    `,
  ];

  /** What to list. */
  @property({ attribute: false }) diagnostics: readonly Diagnostic[] = [];
  /** Whether fixes are offered: where the text that they change is at hand. */
  @property({ type: Boolean }) fixable = false;
  /** How many are shown; the rest is counted. */
  @property({ type: Number }) limit = 20;

  override render() {
    const shown = this.diagnostics.slice(0, this.limit);
    if (shown.length === 0) return nothing;
    const rest = this.diagnostics.slice(this.limit);
    return html`
      <ul>
        ${shown.map((diagnostic) => this.#item(diagnostic))}
        ${rest.length > 0 ? html`<p class="more quiet">And ${countDiagnostics(rest)} more.</p>` : nothing}
      </ul>
    `;
  }

  #item(diagnostic: Diagnostic): TemplateResult {
    const { severity, message, help, span, fixes } = diagnostic;
    return html`
      <li class=${severity}>
        <wa-icon name=${icons[severity]} label=${severity}></wa-icon>
        <div>
          <p>
            ${sentence(message)}.
            ${
              span
                ? html`<button class="link" type="button" @click=${() => this.#send("diagnostic-select", { diagnostic })}>
                    line ${span.line}, column ${span.column}
                  </button>`
                : nothing
            }
          </p>
          ${help ? html`<p class="quiet">${sentence(help)}.</p>` : nothing}
          ${
            this.fixable && fixes.length > 0
              ? html`<div class="fixes">
                  ${fixes.map(
                    (fix) => html`
                      <wa-button size="s" appearance="outlined" @click=${() => this.#send("fix-apply", { fix })}>
                        <wa-icon slot="start" name="wand"></wa-icon>
                        ${sentence(fix.title)}
                      </wa-button>
                    `,
                  )}
                </div>`
              : nothing
          }
        </div>
      </li>
    `;
  }

  #send(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
