import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import "idp-group-sync-elements/internal/elements/diagnostic-list.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import type { AuditDetails } from "../backend/answers.js";
import { asBackendError, type BackendError } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { address } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";
import { personName } from "../shared/words/access.js";
import { reasonText } from "../shared/words/plans.js";
import { when } from "../shared/words/when.js";
import "../shared/elements/failure-note.js";
import "../shared/elements/plan-card.js";
import { isRun, nameOf } from "./entry.js";

/** One login of the past: what it came to in each workspace, and why. */
@customElement("login-entry")
export class LoginEntry extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: var(--wa-space-2xs) var(--wa-space-m);
        margin-block-start: var(--wa-space-s);
      }

      dt {
        color: var(--gs-quiet);
      }

      dd {
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ type: Number }) entry = 0;

  @state() private details: AuditDetails | null = null;
  @state() private failure: BackendError | null = null;

  override render() {
    const m = messages().activity;
    return html`
      <div class="stack">
        <p><a href=${address("activity")}>${m.all}</a></p>
        ${this.failure ? html`<failure-note .failure=${this.failure} @again=${() => this.#ask()}></failure-note>` : nothing}
        ${this.details ? this.#login(this.details) : nothing}
        ${this.details || this.failure ? nothing : html`<p class="quiet" role="status">${messages().page.loading}</p>`}
      </div>
    `;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("entry")) void this.#ask();
  }

  #login(login: AuditDetails): TemplateResult {
    const m = messages().activity;
    const { at, subject, allowed, reason, method, requestId, settingsVersion, diagnostics, workspaces } = login;
    const { userChange, actor, note } = login;
    return html`
      <section class="card">
        <h1 tabindex="-1">${nameOf(login)}</h1>
        ${
          allowed
            ? nothing
            : html`<p class="note error">${isRun(login) ? m.hasFailed : m.wasRefused} ${reason === null ? nothing : reasonText(reason)}</p>`
        }
        ${userChange === null ? nothing : html`<p class="note">${m.userChanges[userChange]}</p>`}
        <dl>
          <dt>${m.at}</dt>
          <dd><time datetime=${at}>${when(at)}</time></dd>
          <dt>${m.how}</dt>
          <dd>${m.methods[method] ?? method}</dd>
          ${actor === null ? nothing : html`<dt>${m.actor}</dt><dd>${personName(actor)}</dd>`}
          ${note === null ? nothing : html`<dt>${m.note}</dt><dd lang=${isRun(login) ? "en" : nothing}>${note}</dd>`}
          ${subject === "" || isRun(login) ? nothing : html`<dt>${m.subject}</dt><dd><code>${subject}</code></dd>`}
          <dt>${m.number}</dt>
          <dd><code>${requestId}</code></dd>
          <dt>${m.settings}</dt>
          <dd>${m.version(settingsVersion)}</dd>
        </dl>
        ${diagnostics.length > 0 ? html`<diagnostic-list .diagnostics=${diagnostics}></diagnostic-list>` : nothing}
      </section>
      ${workspaces.map(
        ({ workspace, applied, plan, mapping, added }) => html`
          <plan-card .name=${this.app.nameOf(workspace)} .plan=${plan} .applied=${applied} .mapping=${mapping} .added=${added}></plan-card>
        `,
      )}
    `;
  }

  async #ask(): Promise<void> {
    const { entry } = this;
    this.details = null;
    this.failure = null;
    try {
      const details = await this.app.backend.auditEntry(entry);
      if (entry === this.entry) this.details = details;
    } catch (error) {
      if (entry === this.entry) this.failure = asBackendError(error);
    }
  }
}
