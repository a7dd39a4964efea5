import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import type { Diagnostic, Span } from "idp-group-sync";
import type { Text } from "idp-group-sync-elements/internal/messages/phrases.js";
import { readClaimsText } from "idp-group-sync-elements/internal/pages/claims-text.js";
import { folds, shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { Preview, Provider, User } from "../backend/answers.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import type { Attempt } from "../shared/state/draft.js";
import type { Scope } from "../shared/state/kept-scenarios.js";
import { type Login, type LoginPreview, LoginPreviews } from "../shared/state/login-previews.js";
import { withNearMiss } from "../shared/state/near-misses.js";
import { address } from "../shared/state/route.js";
import { testAddress } from "../shared/state/test-address.js";
import { unfinishedFor } from "../shared/state/unfinished.js";
import { admin } from "../shared/styles/admin.js";
import { personName } from "../shared/words/access.js";
import { reasonText } from "../shared/words/plans.js";
import { rejectionText } from "../shared/words/rejections.js";
import "idp-group-sync-elements/internal/elements/diagnostic-list.js";
import "../shared/elements/claims-input.js";
import "../shared/elements/failure-note.js";
import "../shared/elements/person-picker.js";
import "../shared/elements/plan-actions.js";
import "../shared/elements/plan-card.js";
import "../shared/elements/provider-choice.js";

type Outcome = Preview["workspaces"][number];

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

  @state() private done: Text = "";
  /** Where a sign-in is tested. */
  @state() private provider: Provider | null = null;
  #previews: LoginPreviews | undefined;
  /** Whose login is asked about, of which trial: nobody's, as long as there is nothing to go by. */
  #asked: { trial: AdminElement["app"]["trial"]; logins: readonly Login[] } | undefined;
  /** What came out last, which stays until there is something else. */
  #shown: Preview | null = null;

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
              data-filter
              .app=${this.app}
              .label=${m.person}
              .user=${this.app.trial.user}
              @person-pick=${(event: CustomEvent<{ user: User | null }>) => this.#choose(event.detail.user)}
            ></person-picker>
            <claims-input
              .value=${this.#shownClaims}
              .label=${this.#claimsLabel}
              .hint=${m.claimsStay}
              @claims-change=${(event: CustomEvent<{ value: string }>) => this.#type(event.detail.value)}
            ></claims-input>
            ${this.#signIn()} ${this.#test()}
          </section>
          <div class="stack" aria-busy=${this.#busy ? "true" : "false"}>${this.#answer()}</div>
        </div>
      </div>
    `;
  }

  override connectedCallback(): void {
    this.#previews = new LoginPreviews(this.app.backend, () => this.requestUpdate());
    super.connectedCallback();
    if (this.app.route.item === "test-sign-in") void this.#showTest();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#previews?.close();
  }

  protected override willUpdate(): void {
    const { trial, draft } = this.app;
    if (this.#asked?.trial !== trial) this.#asked = { trial, logins: loginsOf(trial) };
    const { logins } = this.#asked;
    if (logins.length > 0) this.#previews?.decide(logins, draft.settings);
    const known = this.#known;
    if (logins.length === 0 || known || this.#previews?.failure) this.#shown = known?.preview ?? null;
  }

  get #known(): LoginPreview | undefined {
    const [login] = this.#asked?.logins ?? [];
    return login && this.#previews?.of(login);
  }

  /** Whether what is shown is about something else than what is asked now. */
  get #busy(): boolean {
    return (this.#asked?.logins.length ?? 0) > 0 && (this.#previews?.busy ?? false);
  }

  /** What is in the editor: what was typed, or else the token that the answer was made from. */
  get #shownClaims(): string {
    const { user, claimsText } = this.app.trial;
    if (claimsText !== null) return claimsText;
    return user && this.#shown?.user?.id === user.id ? JSON.stringify(this.#shown.claims, null, 2) : "";
  }

  get #claimsLabel(): string {
    const m = messages().preview;
    const { user, tested } = this.app.trial;
    return tested ? m.testedClaims : user ? m.otherClaims : m.claims;
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

  #test(): TemplateResult | typeof nothing {
    const m = messages().preview;
    const { backend, me } = this.app;
    if (!backend.testSignIn || !me?.singleSignOn) return nothing;
    return html`
      <div class="stack">
        <provider-choice
          .app=${this.app}
          @provider-pick=${(event: CustomEvent<{ provider: Provider }>) => {
            this.provider = event.detail.provider;
          }}
        ></provider-choice>
        ${
          this.provider === null
            ? nothing
            : html`<div>
                <wa-button size="s" appearance="outlined" href=${testAddress(this.provider)}>${m.test}</wa-button>
                <p class="quiet lead">${m.testHint}</p>
              </div>`
        }
      </div>
    `;
  }

  /** Shows what somebody who has come back from the test wants to see, once: a reload does not undo what is tried next. */
  async #showTest(): Promise<void> {
    const m = messages().preview;
    history.replaceState(null, "", address("preview"));
    const tested = await this.app.backend.testSignIn?.().catch(() => null);
    if (!tested) {
      this.done = m.testGone;
      return;
    }
    this.#try({ user: tested.user, claimsText: JSON.stringify(tested.claims, null, 2), tested: true });
    this.done = m.tested;
  }

  #answer(): TemplateResult {
    const m = messages().preview;
    const failure = this.#previews?.failure ?? this.#known?.failure;
    if (failure && this.#asked?.logins.length !== 0) {
      if (failure.code === "no-known-claims") return html`<p class="card" role="status">${m.noKnownClaims}</p>`;
      return html`<failure-note .failure=${failure} @again=${() => this.#previews?.refresh()}></failure-note>`;
    }
    const preview = this.#shown;
    if (!preview)
      return html`<p class="card quiet" role="status">${this.#busy ? messages().page.loading : this.done || m.empty}</p>`;
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
    this.#shown = null;
    this.#try({ user, claimsText: null });
  }

  #type(value: string): void {
    if (value === this.#shownClaims) return;
    const { trial } = this.app;
    const isLastToken = value.trim() === "" && trial.user !== null;
    this.#try(isLastToken ? { user: trial.user, claimsText: null } : { ...trial, claimsText: value });
  }

  #try(trial: AdminElement["app"]["trial"]): void {
    this.app.trial = trial;
    this.done = "";
    this.requestUpdate();
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

/** Nobody, as long as the text cannot be read: the editor says what is wrong with it. */
function loginsOf({ user, claimsText }: AdminElement["app"]["trial"]): readonly Login[] {
  const read = claimsText === null ? null : readClaimsText(claimsText);
  if (read ? !read.ok : !user) return [];
  return [{ userId: user?.id ?? null, claims: read?.ok ? read.claims : null }];
}
