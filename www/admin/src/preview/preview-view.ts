import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import type { Diagnostic, InstanceSettings, Span } from "idp-group-sync";
import { readClaimsText } from "idp-group-sync-elements/internal/pages/claims-text.js";
import { folds, shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { Preview, User } from "../backend/answers.js";
import { BackendError } from "../backend/backend.js";
import type { Text } from "../messages/en.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import type { Attempt } from "../shared/state/draft.js";
import type { Scope } from "../shared/state/kept-scenarios.js";
import { withNearMiss } from "../shared/state/near-misses.js";
import { address } from "../shared/state/route.js";
import { unfinishedFor } from "../shared/state/unfinished.js";
import { admin } from "../shared/styles/admin.js";
import { personName } from "../shared/words/access.js";
import { reasonText } from "../shared/words/plans.js";
import { rejectionText } from "../shared/words/rejections.js";
import "idp-group-sync-elements/internal/elements/diagnostic-list.js";
import "./claims-input.js";
import "../shared/elements/failure-note.js";
import "../shared/elements/person-picker.js";
import "../shared/elements/plan-actions.js";
import "../shared/elements/plan-card.js";

type Outcome = Preview["workspaces"][number];

/** What an answer is about. */
interface Asked {
  settings: InstanceSettings;
  trial: AdminElement["app"]["trial"];
}

/** The engine is asked again when nothing was typed for so long. */
const PAUSE = 150;

/** What a login would come to, under what is not saved yet: of somebody who is known, or with pasted claims. */
@customElement("preview-view")
export class PreviewView extends AdminElement {
  static override styles = [
    shared,
    folds,
    admin,
    css`
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--gs-gap);
        align-items: start;
      }

      .verdict {
        font-weight: var(--wa-font-weight-bold);
      }

      .verdict wa-icon {
        color: var(--gs-success);
      }

      .refused wa-icon {
        color: var(--gs-error);
      }

      [aria-busy="true"] {
        opacity: 0.75;
      }

      @media (min-width: 60rem) {
        .columns {
          grid-template-columns: minmax(0, 5fr) minmax(0, 8fr);
        }

        .inputs {
          position: sticky;
          top: var(--wa-space-s);
        }
      }
    `,
  ];

  @state() private preview: Preview | null = null;
  @state() private failure: BackendError | null = null;
  @state() private done: Text = "";
  #asked: Asked | undefined;
  /** What the answer on show, or its failing, is about; `undefined` while the latest question is still to be answered. */
  @state() private answered: Asked | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | undefined;

  override render() {
    const m = messages().preview;
    return html`
      <div class="stack">
        <div>
          <h1 tabindex="-1">${messages().views.preview}</h1>
          <p class="quiet lead">${this.app.draft.changed ? m.hintUnsaved : m.hint}</p>
        </div>
        <div class="columns">
          <section class="card stack inputs" aria-labelledby="who">
            <h2 id="who">${m.who}</h2>
            <person-picker
              .app=${this.app}
              .label=${m.person}
              .user=${this.app.trial.user}
              @person-pick=${(event: CustomEvent<{ user: User | null }>) => this.#choose(event.detail.user)}
            ></person-picker>
            <claims-input
              .value=${this.#shownClaims}
              .label=${this.app.trial.user ? m.otherClaims : m.claims}
              .hint=${this.app.backend.signInAs ? m.claimsStay : m.claimsGo}
              @claims-change=${(event: CustomEvent<{ value: string }>) => this.#type(event.detail.value)}
            ></claims-input>
            ${this.#signIn()}
          </section>
          <div class="stack" aria-busy=${this.#busy ? "true" : "false"}>${this.#answer()}</div>
        </div>
      </div>
    `;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#asking?.abort();
  }

  protected override willUpdate(): void {
    const { trial, draft } = this.app;
    const last = this.#asked;
    if (last && last.settings === draft.settings && last.trial === trial) return;
    this.#asked = { settings: draft.settings, trial };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), last ? PAUSE : 0);
  }

  /** Whether what is shown is about something else than what is asked now. */
  get #busy(): boolean {
    return this.answered !== this.#asked;
  }

  /** What is in the editor: what was typed, or else the token that the answer was made from. */
  get #shownClaims(): string {
    const { user, claimsText } = this.app.trial;
    if (claimsText !== null) return claimsText;
    return user && this.preview?.user?.id === user.id ? JSON.stringify(this.preview.claims, null, 2) : "";
  }

  #signIn(): TemplateResult | typeof nothing {
    const m = messages().preview;
    const { app } = this;
    const { user } = app.trial;
    if (!app.backend.signInAs || !user || user.lastSingleSignOn === null) return nothing;
    return html`
      <div>
        <wa-button size="s" appearance="outlined" @click=${() => this.#signInAs(user.id)}>${m.signInAs(personName(user))}</wa-button>
        <p class="quiet lead">${m.signInAsHint}</p>
      </div>
    `;
  }

  #answer(): TemplateResult {
    const m = messages().preview;
    if (this.failure) {
      if (this.failure.code === "no-known-claims") return html`<p class="card" role="status">${m.noKnownClaims}</p>`;
      return html`<failure-note .failure=${this.failure} @again=${() => this.#ask()}></failure-note>`;
    }
    const { preview } = this;
    if (!preview)
      return html`<p class="card quiet" role="status">${this.#busy ? messages().page.loading : m.empty}</p>`;
    const { outcome, workspaces, user } = preview;
    const name = user ? personName(user) : m.somebodyNew;
    return html`
      <section class="card" role="status">
        <p class="row verdict ${outcome.allowed ? "" : "refused"}">
          <wa-icon name=${outcome.allowed ? "check" : "cross"}></wa-icon>
          ${outcome.allowed ? m.allowed(name) : m.refused(name)}
        </p>
        ${outcome.reason === undefined ? nothing : html`<p>${reasonText(outcome.reason)}</p>`}
        ${outcome.message === undefined ? nothing : html`<p class="quiet">${m.told} <q lang="en">${outcome.message}</q></p>`}
        <p class="quiet">${this.done}</p>
      </section>
      ${this.#unfinished(workspaces)} ${this.#sorted(workspaces).map((workspace) => this.#workspace(workspace, preview))}
    `;
  }

  /** Texts with errors, and which workspaces are shown without them. */
  #unfinished(workspaces: Outcome[]): TemplateResult[] {
    const concerned = new Map<Attempt, string[]>();
    for (const { id, name } of this.#sorted(workspaces)) {
      for (const attempt of unfinishedFor(this.app.draft, id)) {
        concerned.set(attempt, [...(concerned.get(attempt) ?? []), name]);
      }
    }
    return [...concerned].map(([attempt, names]) => this.#withErrors(attempt, names));
  }

  #withErrors({ command, rejection }: Attempt, names: string[]): TemplateResult {
    const m = messages().preview;
    const workspace = "workspace" in command ? (command.workspace ?? null) : null;
    const errors = rejection.diagnostics.filter(({ severity }) => severity === "error");
    const text = m.withErrors[command.type] ?? "";
    return html`
      <section class="note warning">
        <p>${text} ${m.shownWithout(workspace === null ? null : this.app.nameOf(workspace), names)}</p>
        ${errors.length === 0 ? html`<p>${rejectionText(rejection)}</p>` : nothing}
        <diagnostic-list
          .diagnostics=${errors}
          limit="3"
          @diagnostic-select=${(event: CustomEvent<{ diagnostic: Diagnostic }>) => {
            const { span } = event.detail.diagnostic;
            if (span) this.app.openEntry(workspace, span);
          }}
        ></diagnostic-list>
      </section>
    `;
  }

  #workspace(workspace: Outcome, { outcome, user, claims }: Preview): TemplateResult {
    const plan = outcome.workspaces.find(({ id }) => id === workspace.id)?.plan;
    if (!plan) return html``;
    const { name, member, effective } = workspace;
    const m = messages().preview;
    const scope = this.#mappingOf(workspace);
    return html`
      <plan-card
        .name=${name}
        .plan=${plan}
        .mapping=${this.#textOf(effective)}
        .added=${effective?.entries?.add ?? ""}
        ?saved=${this.app.draft.attempt("set-mapping", scope ?? undefined) !== undefined}
        .remark=${m.members[member]}
        ?editable=${effective !== null}
        @entry-open=${(event: CustomEvent<{ entry: Span }>) => {
          // The places of an earlier text are not those of the text in the editor.
          if (!this.#busy) this.app.openEntry(scope, event.detail.entry);
        }}
        @near-miss-add=${(event: CustomEvent<{ idpGroup: string; name: string }>) => this.#add(this.#editedFor(workspace), this.#textOf(effective), event.detail)}
      >
        <plan-actions
          slot="actions"
          .app=${this.app}
          .workspace=${workspace}
          .plan=${plan}
          .claims=${claims}
          .person=${user ? personName(user) : m.somebodyNew}
        ></plan-actions>
      </plan-card>
    `;
  }

  /** Whose mapping the places in a plan are places of. */
  #mappingOf({ id, effective }: Outcome): Scope {
    return !effective || effective.inherited.mapping || effective.entries ? null : id;
  }

  /** That mapping. */
  #textOf(effective: Outcome["effective"]): string {
    return effective?.entries ? this.app.draft.settings.mapping : (effective?.mapping ?? "");
  }

  /** Whose mapping is edited for a workspace: its own as soon as one is begun. */
  #editedFor(workspace: Outcome): Scope {
    return this.app.draft.attempt("set-mapping", workspace.id) ? workspace.id : this.#mappingOf(workspace);
  }

  /** As the settings list them, and after those whatever else the person is a member of. */
  #sorted(workspaces: Outcome[]): Outcome[] {
    const listed = this.app.draft.settings.workspaces.map(({ id }) => id);
    const place = ({ id }: Outcome) => (listed.includes(id) ? listed.indexOf(id) : listed.length);
    return workspaces.toSorted((a, b) => place(a) - place(b));
  }

  #choose(user: User | null): void {
    this.preview = null;
    this.#try({ user, claimsText: null });
  }

  #type(value: string): void {
    if (value === this.#shownClaims) return;
    const { user } = this.app.trial;
    this.#try({ user, claimsText: value.trim() === "" && user ? null : value });
  }

  #try(trial: AdminElement["app"]["trial"]): void {
    this.app.trial = trial;
    this.done = "";
    this.requestUpdate();
  }

  async #ask(): Promise<void> {
    this.#asking?.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const asked = this.#asked;
    const { user, claimsText } = this.app.trial;
    const read = claimsText === null ? null : readClaimsText(claimsText);
    // The editor says what is wrong with a text that cannot be read.
    if (read ? !read.ok : !user) {
      this.#show(asked, null);
      return;
    }
    this.failure = null;
    this.answered = undefined;
    try {
      const request = {
        settings: this.app.draft.settings,
        ...(user && { userId: user.id }),
        ...(read?.ok && { claims: read.claims }),
      };
      const preview = await this.app.backend.preview(request, signal);
      if (!signal.aborted) this.#show(asked, preview);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof BackendError)) throw error;
      this.#show(asked, null, error);
    }
  }

  #show(asked: Asked | undefined, preview: Preview | null, failure: BackendError | null = null): void {
    this.answered = asked;
    this.preview = preview;
    this.failure = failure;
  }

  #add(scope: Scope, mapping: string, { idpGroup, name }: { idpGroup: string; name: string }): void {
    // A text with errors is gone on with as it stands.
    const unfinished = this.app.draft.attempt("set-mapping", scope ?? undefined)?.command;
    const change = this.app.run({
      type: "set-mapping",
      mapping: withNearMiss(unfinished?.type === "set-mapping" ? unfinished.mapping : mapping, idpGroup, name),
      ...(scope !== null && { workspace: scope }),
    });
    if (change.status !== "confirm") this.done = messages().preview.added(idpGroup);
  }

  async #signInAs(userId: number): Promise<void> {
    const entry = await this.app.backend.signInAs?.(userId);
    if (entry !== undefined) location.hash = address("activity", String(entry));
  }
}
