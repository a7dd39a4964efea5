import "@awesome.me/webawesome/dist/components/button/button.js";
import { folds, shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { followCover } from "../shared/foot.js";
import { admin } from "../shared/styles/admin.js";
import { commandText } from "../shared/words/commands.js";
import { rejectionText } from "../shared/words/rejections.js";

/** What is not saved yet, and the ways on. On its own page it lies over the foot of the page, so nothing moves when it comes. */
@customElement("unsaved-bar")
export class UnsavedBar extends AdminElement {
  static override styles = [
    shared,
    folds,
    admin,
    css`
      :host {
        position: fixed;
        inset: auto 0 0;
        z-index: 10;
      }

      /* In somebody else's page it stays within its element. */
      :host([embedded]) {
        position: sticky;
      }

      .bar {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0 var(--wa-space-m);
        align-items: center;
        max-width: 96rem;
        margin-inline: auto;
        padding: var(--wa-space-xs) var(--wa-space-m);
        border: 1px solid var(--gs-line);
        border-block-end: 0;
        border-radius: var(--wa-border-radius-l) var(--wa-border-radius-l) 0 0;
        background: var(--wa-color-surface-raised);
        box-shadow: var(--wa-shadow-l);
      }

      summary {
        justify-content: start;
        font-weight: var(--wa-font-weight-semibold);
      }

      .list {
        max-height: 40vh;
        overflow-y: auto;
      }

      @media (min-width: 44rem) {
        .bar {
          grid-template-columns: minmax(0, 1fr) auto;
        }

        .list {
          grid-column: 1 / -1;
        }
      }

      /* Whoever opens the list reads it across the whole bar. */
      @media (max-width: 74.99rem) {
        .bar:has(details[open]) {
          grid-template-columns: minmax(0, 1fr);
        }
      }

      .list li {
        line-height: 1.6;
      }

      .actions {
        justify-content: end;
      }
    `,
  ];

  /** Whether it lies over the first run: it leads on to the last of its steps, and is no second way that leaves it out. */
  @property({ type: Boolean, attribute: "setting-up" }) settingUp = false;
  #uncover: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.app.embedded) this.#uncover = followCover("bar", this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#uncover?.();
  }

  override render() {
    const m = messages().unsaved;
    const { draft, discarded } = this.app;
    if (!draft.changed) {
      return html`
        <div role="status" class="for-screen-readers">${discarded ? m.discarded : ""}</div>
        ${
          discarded
            ? html`<section class="bar" aria-label=${m.title}>
                <p>${m.discarded}</p>
                <div class="row actions">
                  <wa-button size="s" appearance="outlined" @click=${() => this.app.undoDiscard()}>${m.undoDiscard}</wa-button>
                </div>
              </section>`
            : nothing
        }
      `;
    }
    const { commands, attempts } = draft;
    return html`
      <div role="status" class="for-screen-readers">${m.count(commands.length + attempts.length)}</div>
      <section class="bar" aria-label=${m.title}>
        <details>
          <summary>${m.count(commands.length + attempts.length)}</summary>
          <ul class="list">
            ${commands.map((command) => html`<li>${commandText(this.app, command)}</li>`)}
            ${attempts.map(
              ({ command, rejection }) => html`
                <li><span class="badge bad">${m.notYet}</span> ${commandText(this.app, command)} ${rejectionText(rejection)}</li>
              `,
            )}
          </ul>
        </details>
        <div class="row actions">
          ${attempts.length > 0 ? html`<span class="quiet">${m.mendFirst}</span>` : nothing}
          <wa-button size="s" appearance="outlined" @click=${() => this.app.discard()}>${m.discard}</wa-button>
          <wa-button size="s" variant="brand" ?disabled=${attempts.length > 0} @click=${this.#review}
            >${this.settingUp ? messages().firstRun.switchOn : m.review}</wa-button>
        </div>
      </section>
    `;
  }

  readonly #review = () => {
    if (this.settingUp) this.dispatchEvent(new CustomEvent("switch-on"));
    else this.app.go("review");
  };
}
