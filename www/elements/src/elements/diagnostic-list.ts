import type { Diagnostic, Severity } from "idp-group-sync";
import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";
import { type IconName, icon } from "../element-icons.js";
import { countBySeverity, type SeverityCounts, worst } from "../engine/severity.js";
import { followLanguage, words } from "../messages/language.js";
import { helpOf, messageOf, sentence, severityCounts, titleOf } from "../messages/wording.js";
import { buttons, shared } from "../styles/shared.js";
import { customElement } from "./custom-element.js";

const icons: Record<Severity, IconName> = { error: "cross", warning: "warning", info: "info" };

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
    buttons,
    css`
      ul {
        display: grid;
        gap: var(--gs-space-xs);
      }

      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0 var(--gs-space-xs);
        padding: var(--gs-space-xs) var(--gs-space-s);
        border-inline-start: 3px solid var(--severity);
        border-radius: var(--gs-radius-s);
        background: var(--fill);
        line-height: 1.5;
      }

      li > .icon {
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
        gap: var(--gs-space-xs);
        margin-block-start: var(--gs-space-2xs);
      }

      .more {
        margin-block-start: var(--gs-space-xs);
        padding-inline: var(--gs-space-s);
      }
    `,
  ];

  /** What to list. */
  @property({ attribute: false }) diagnostics: readonly Diagnostic[] = [];
  /** Whether fixes are offered: where the text that they change is at hand. */
  @property({ type: Boolean }) fixable = false;
  /** How many are shown, the worst of them; the rest is counted. */
  @property({ type: Number }) limit = 20;
  /** How many there are in all, if the list is only a part of them. */
  @property({ attribute: false }) counts: SeverityCounts | undefined;

  constructor() {
    super();
    followLanguage(this);
  }

  override render() {
    const shown = worst(this.diagnostics, this.limit);
    if (shown.length === 0) return nothing;
    const rest = severityCounts(without(this.counts ?? countBySeverity(this.diagnostics), countBySeverity(shown)));
    return html`
      <ul>
        ${shown.map((diagnostic) => this.#item(diagnostic))}
      </ul>
      ${rest === "" ? nothing : html`<p class="more quiet">${words().and(rest)}</p>`}
    `;
  }

  #item(diagnostic: Diagnostic): TemplateResult {
    const { severity, span, fixes } = diagnostic;
    const help = helpOf(diagnostic);
    return html`
      <li class=${severity}>
        ${icon(icons[severity], { label: words().severity[severity] })}
        <div>
          <p>
            ${sentence(messageOf(diagnostic))}.
            ${
              span
                ? html`<button class="link" type="button" @click=${() => this.#send("diagnostic-select", { diagnostic })}>
                    ${words().place(span.line, span.column)}
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
                      <button class="button" type="button" @click=${() => this.#send("fix-apply", { fix })}>
                        ${icon("wand")}
                        ${sentence(titleOf(diagnostic, fix))}
                      </button>
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

function without(all: SeverityCounts, some: SeverityCounts): SeverityCounts {
  return { error: all.error - some.error, warning: all.warning - some.warning, info: all.info - some.info };
}
