import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import type { StoredSettings } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import type { App, Merged } from "../shared/state/app.js";
import { address } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";
import { personName } from "../shared/words/access.js";
import { commandText } from "../shared/words/commands.js";
import { rejectionText } from "../shared/words/rejections.js";
import { when } from "../shared/words/when.js";
import "../shared/elements/change-list.js";

/** What became of the unsaved changes without the admin's doing: they are here again, or were merged with somebody else's. */
@customElement("draft-notice")
export class DraftNotice extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .note {
        margin-block-end: var(--gs-gap);
      }

      .both {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
        gap: var(--wa-space-s);
      }

      h2 {
        font-size: 1rem;
      }
    `,
  ];

  override render() {
    const { conflict, merged, restored, restoredVersion, route, stored, unkept } = this.app;
    return html`
      <div role="status">
        ${unkept ? html`<p class="note warning">${messages().unsaved.notKept}</p>` : nothing}
        ${stored.mended ? html`<p class="note warning">${messages().history.mended(stored.version)}</p>` : nothing}
        ${conflict && route.view !== "review" ? this.#conflict(conflict) : nothing}
        ${merged && !conflict ? this.#merged(merged) : nothing}
        ${restored && !merged && !conflict ? this.#restored() : nothing}
        ${restoredVersion && !conflict ? this.#fromHistory(restoredVersion) : nothing}
      </div>
    `;
  }

  #restored(): TemplateResult {
    return html`<div class="note">
      <p>${messages().unsaved.restored}</p>
      ${this.#close()}
    </div>`;
  }

  #fromHistory({ version, missing, mended }: NonNullable<App["restoredVersion"]>): TemplateResult {
    const m = messages().history;
    return html`<section class="note" aria-label=${m.version(version)}>
      <p>${m.restored(version)}</p>
      ${mended ? html`<p>${m.mended(version)}</p>` : nothing}
      ${missing.length > 0 ? html`<p>${m.missing(missing)}</p>` : nothing}
      ${this.#refused()}
      <div class="row">
        ${this.app.discarded ? html`<wa-button size="s" appearance="outlined" @click=${() => this.app.undoDiscard()}>${m.undo}</wa-button>` : nothing}
        ${this.#close()}
      </div>
    </section>`;
  }

  #conflict(theirs: StoredSettings): TemplateResult {
    const m = messages().conflict;
    return html`<div class="note warning">
      <p>${this.#saved(theirs)} ${m.both}</p>
      <div><wa-button size="s" appearance="outlined" href=${address("review")}>${m.choose}</wa-button></div>
    </div>`;
  }

  #merged({ base, theirs, mine }: Merged): TemplateResult {
    const m = messages().merge;
    return html`<section class="note" aria-label=${m.title}>
      <p>${this.#saved(theirs)} ${m.explanation}</p>
      <div class="both">
        <div>
          <h2>${m.theirs}</h2>
          <change-list .app=${this.app} .earlier=${base} .later=${theirs.settings}></change-list>
        </div>
        <div>
          <h2>${m.mine}</h2>
          <change-list .app=${this.app} .earlier=${base} .later=${mine}></change-list>
        </div>
      </div>
      ${this.#refused()}
      ${this.#close()}
    </section>`;
  }

  #refused(): TemplateResult | typeof nothing {
    const { refused } = this.app;
    if (refused.length === 0) return nothing;
    return html`<div class="note error" role="alert">
      <p>${messages().review.refused}</p>
      <ul>
        ${refused.map(({ command, rejection }) => html`<li>${commandText(this.app, command)} ${rejectionText(rejection)}</li>`)}
      </ul>
    </div>`;
  }

  #saved({ changedBy, changedAt, version }: StoredSettings): string {
    const name = changedBy ? personName(changedBy) : messages().conflict.somebody;
    return messages().conflict.saved(name, when(changedAt), version);
  }

  #close(): TemplateResult {
    return html`<div>
      <wa-button size="s" appearance="outlined" @click=${() => this.app.closeNotice()}>${messages().unsaved.seen}</wa-button>
    </div>`;
  }
}
