import "@awesome.me/webawesome/dist/components/button/button.js";
import { type EffectiveSettings, formatMapping, parseMapping } from "idp-group-sync";
import type { MappingDiagnostic } from "idp-group-sync-elements";
import { folds, shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { withAdded } from "../shared/engine/group-standing.js";
import { noTokens } from "../shared/state/app.js";
import { address } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";
import "idp-group-sync-elements/internal/elements/diagnostic-list.js";
import "./mapping-setting.js";
import "./seen-groups.js";

/** In which entries a workspace differs from the instance's mapping, which it follows in all else. */
@customElement("workspace-entries")
export class WorkspaceEntriesSetting extends AdminElement {
  static override styles = [
    shared,
    folds,
    admin,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--wa-space-s);
      }

      h3:focus {
        outline: none;
      }

      h3 {
        margin: 0;
        font-size: 1rem;
        font-weight: var(--wa-font-weight-semibold);
      }

      li {
        justify-content: space-between;
      }

      code {
        overflow-wrap: anywhere;
      }

      mapping-setting {
        --editor-height: 8rem;
      }

      pre {
        margin-block-start: var(--wa-space-xs);
      }
    `,
  ];

  @property() workspace = "";
  /** What holds there. */
  @property({ attribute: false }) effective!: EffectiveSettings;
  /** What is doubtful about the mapping that holds. */
  @property({ attribute: false }) diagnostics: readonly MappingDiagnostic[] = [];
  @property({ attribute: false }) tokens = noTokens;

  override render() {
    const m = messages().mapping;
    const { mapping, policy, diagnostics: doubts = [] } = this.effective;
    const { add = "", without = "" } = this.#typed;
    return html`
      <p class="quiet">${m.byEntry}</p>
      <section class="stack" aria-labelledby="without">
        <h3 id="without" tabindex="-1">${m.withoutTitle}</h3>
        ${this.#without(without)}
        ${doubts.length > 0 ? html`<diagnostic-list .diagnostics=${doubts.map(({ span: _, ...doubt }) => doubt)}></diagnostic-list>` : nothing}
        ${this.app.embedded ? nothing : html`<p><a href=${address("workspaces")}>${m.leaveOut}</a></p>`}
      </section>
      <section aria-labelledby="add">
        <h3 id="add">${m.addTitle}</h3>
        <p class="quiet">${m.addHint}</p>
        ${keyed(
          this.workspace,
          html`<mapping-setting
            ?locked=${this.app.readOnly}
            .value=${add}
            .label=${m.addLabel}
            .catalog=${this.app.catalogOf(this.workspace)}
            .policy=${policy}
            .tokens=${this.tokens}
            .history=${this.app.histories.of(this.workspace, "add")}
            .place=${this.app.place?.scope === this.workspace ? this.app.place.span : null}
            @place-shown=${() => {
              this.app.place = null;
            }}
            @mapping-change=${(event: CustomEvent<{ value: string }>) => this.#write(event.detail.value)}
          ></mapping-setting>`,
        )}
      </section>
      <seen-groups
        .app=${this.app}
        .scope=${this.workspace}
        .mapping=${add}
        .entries=${this.#typed}
        .seen=${this.tokens.seen}
      ></seen-groups>
      <details>
        <summary>${m.whole}</summary>
        <pre tabindex="0" role="region" aria-label=${m.whole}>${mapping}</pre>
        <diagnostic-list limit="5" .diagnostics=${this.diagnostics}></diagnostic-list>
      </details>
    `;
  }

  /** What stands in the fields, finished or not. */
  get #typed() {
    const command = this.app.draft.attempt("set-entries", this.workspace)?.command;
    return (command?.type === "set-entries" ? command.entries : this.effective.entries) ?? {};
  }

  #without(text: string): TemplateResult {
    const m = messages().mapping;
    const { entries } = parseMapping(text);
    // A text with mistakes is mended first: it would come out as it was saved.
    const unfinished = this.app.draft.attempt("set-entries", this.workspace) !== undefined;
    if (entries.length === 0) return html`<p class="quiet">${m.withoutNone}</p>`;
    return html`
      <p class="quiet">${m.without}</p>
      <ul class="rows">
        ${entries.map(({ span }) => {
          const entry = formatMapping(text.slice(span.start, span.end));
          return html`<li class="row">
            <code>${entry}</code>
            <wa-button size="s" appearance="outlined" ?disabled=${unfinished || this.app.readOnly} @click=${() => this.#holdAgain(entry)}>
              ${m.holdAgain}<span class="for-screen-readers">: ${entry}</span>
            </wa-button>
          </li>`;
        })}
      </ul>
    `;
  }

  #holdAgain(entry: string): void {
    this.app.run({ type: "set-entry", entry, holds: true, workspace: this.workspace });
    this.renderRoot.querySelector<HTMLElement>("#without")?.focus();
  }

  #write(add: string): void {
    this.app.run({ type: "set-entries", entries: withAdded(this.#typed, add), workspace: this.workspace });
  }
}
