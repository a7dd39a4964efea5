import "@awesome.me/webawesome/dist/components/button/button.js";
import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { folds, shared } from "../../../src/styles/shared.js";
import type { StaleSettings } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { admin } from "../styles/admin.js";
import { personName } from "../words/access.js";
import { commandText } from "../words/commands.js";
import { when } from "../words/when.js";
import { AdminElement } from "./admin-element.js";
import "./settings-difference.js";

/** Somebody else has saved in the meantime: both versions, each by what it does otherwise than the one that both began with. */
@customElement("save-conflict")
export class SaveConflict extends AdminElement {
  static override styles = [
    shared,
    folds,
    admin,
    css`
      .both {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr));
        gap: var(--gs-gap);
        align-items: start;
      }

      .commands {
        padding-inline-start: 1.25rem;
        list-style: disc;
      }

      pre {
        max-height: 24rem;
        margin: 0;
        padding: var(--wa-space-s);
        border-radius: var(--wa-border-radius-m);
        background: var(--gs-code);
        font-family: var(--wa-font-family-code);
        font-size: var(--gs-small-size);
        overflow: auto;
      }
    `,
  ];

  @property({ attribute: false }) conflict!: StaleSettings;

  override render() {
    const m = messages().conflict;
    const { current, base, yours } = this.conflict;
    return html`
      <div class="stack">
        <h1 tabindex="-1">${m.title}</h1>
        <p class="note warning" role="alert">
          ${m.explanation(current.changedBy ? personName(current.changedBy) : m.somebody, when(current.changedAt))}
        </p>
        <div class="both">
          <section class="card stack" aria-labelledby="theirs">
            <h2 id="theirs">${m.theirs(current.version)}</h2>
            <settings-difference .app=${this.app} .earlier=${base} .later=${current.settings}></settings-difference>
            ${this.#document(current.settings)}
          </section>
          <section class="card stack" aria-labelledby="yours">
            <h2 id="yours">${m.yours}</h2>
            <ul class="commands">
              ${this.app.draft.commands.map((command) => html`<li>${commandText(this.app, command)}</li>`)}
            </ul>
            ${
              yours
                ? html`<settings-difference .app=${this.app} .earlier=${base} .later=${yours}></settings-difference>
                    ${this.#document(yours)}`
                : html`<p class="note error">${m.impossible}</p>`
            }
          </section>
        </div>
        <div class="row">
          <wa-button variant="brand" @click=${() => this.app.rebase()}>${m.rebase}</wa-button>
          <wa-button appearance="outlined" @click=${() => this.app.take(current)}>${m.discard}</wa-button>
        </div>
        <p class="quiet">${m.hint}</p>
      </div>
    `;
  }

  #document(settings: object): TemplateResult {
    return html`
      <details>
        <summary>${messages().conflict.document}</summary>
        <pre tabindex="0" role="region" aria-label=${messages().conflict.document}>${JSON.stringify(settings, null, 2)}</pre>
      </details>
    `;
  }
}
