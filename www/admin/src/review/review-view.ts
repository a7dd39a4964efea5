import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import type { InstanceSettings, SettingsCommand } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Confirmation, Held, ImpactToConfirm } from "../backend/answers.js";
import { asBackendError, type BackendError } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { Printing, print } from "../shared/elements/printing.js";
import { address } from "../shared/state/route.js";
import { type Run, runAll } from "../shared/state/scenario-runs.js";
import { admin } from "../shared/styles/admin.js";
import { personName } from "../shared/words/access.js";
import { coded } from "../shared/words/coded.js";
import { commandText } from "../shared/words/commands.js";
import { rejectionText } from "../shared/words/rejections.js";
import { when } from "../shared/words/when.js";
import { Agreement } from "./agreement.js";
import { expectationChanges } from "./expectation-changes.js";
import { KnownImpact } from "./known-impact.js";
import "./impact-confirmation.js";
import "../shared/elements/change-list.js";
import "../shared/elements/modal-dialog.js";
import "./people-impact.js";
import "./save-conflict.js";
import "./expectations-review.js";
import "../shared/elements/settings-difference.js";
import "./server-agreement.js";

/** What the unsaved changes come to, before they are saved. */
@customElement("review-view")
export class ReviewView extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      h2 {
        margin-block-end: var(--wa-space-xs);
      }

      .commands li {
        line-height: 1.6;
      }

      .commands {
        padding-inline-start: 1.25rem;
        list-style: disc;
      }
    `,
  ];

  /** Whether it is a part of another view, below that one's title. */
  @property({ type: Boolean }) within = false;
  /** What a save is told that was confirmed; `null` as long as something has to be. */
  @state() private confirmed: Confirmation | null = null;
  /** Whom the server has counted when it refused the save. */
  @state() private counted: ImpactToConfirm | null = null;
  /** How many expectations may fail; `null` as long as that has to be confirmed. */
  @state() private failing: number | null = null;
  /** What the server found of them when it refused the save. */
  @state() private held: Held | null = null;
  /** Whether others had changed the expectations that were to be saved. */
  @state() private stale = false;
  @state() private saving = false;
  @state() private saved: number | null = null;
  @state() private failure: BackendError | null = null;
  /** What is asked before it is saved. */
  @state() private question: { warnings: { path: string; warning: string }[] } | null = null;
  #impact: KnownImpact | null = null;
  #agreement: Agreement | null = null;
  #settings: InstanceSettings | undefined;
  #expected: string | undefined;
  #runs: Run[] = [];
  readonly #printing = new Printing(this);

  override render() {
    const m = messages().review;
    const { app } = this;
    if (app.conflict) return html`<save-conflict .app=${app} .conflict=${app.conflict}></save-conflict>`;
    if (!app.draft.changed && !app.scenarios.changed) return this.#nothing();
    return html`
      <div class="stack">
        ${this.#title(messages().views.review)} ${this.#printed()}
        ${this.#attempts()}
        <section class="card" aria-labelledby="commands">
          <h2 id="commands">${m.changes}</h2>
          ${
            app.draft.commands.length > 0
              ? html`<change-list .app=${app} .earlier=${app.stored.settings} .later=${app.draft.settings}></change-list>`
              : nothing
          }
          <ul class="commands">
            ${expectationChanges(app).map((text) => html`<li>${text}</li>`)}
          </ul>
        </section>
        ${app.draft.changed ? this.#effects() : nothing} ${this.#expectations()} ${this.#save()}
      </div>
      ${this.#dialog()}
    `;
  }

  /** What the changes of the settings come to. */
  #effects(): TemplateResult {
    const m = messages().review;
    const { app } = this;
    return html`
        <section class="card" aria-labelledby="rules">
          <h2 id="rules">${m.rules}</h2>
          <settings-difference .app=${app} .earlier=${app.stored.settings} .later=${app.draft.settings}></settings-difference>
        </section>
        ${
          this.#impact
            ? html`<section class="card" aria-labelledby="people">
                <h2 id="people">${m.people}</h2>
                <people-impact
                  .app=${app}
                  .impact=${this.#impact.state}
                  .settings=${app.draft.settings}
                  @again=${() => this.#findOut()}
                ></people-impact>
              </section>`
            : nothing
        }
    `;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#impact?.stop();
    this.#impact = null;
    this.#agreement?.stop();
    this.#agreement = null;
    this.#settings = undefined;
  }

  protected override willUpdate(): void {
    const { draft, scenarios } = this.app;
    const expected = JSON.stringify(scenarios.unsavedSets);
    if (this.#settings === draft.settings && this.#expected === expected) return;
    this.#runs = runAll(this.app, draft.settings);
    this.#expected = expected;
    this.held = null;
    if (this.#settings === draft.settings) return;
    this.#settings = draft.settings;
    this.#findOut();
    this.#askServer();
  }

  /** Whom it affects, from the beginning. */
  #findOut(): void {
    const { draft, backend, conflict } = this.app;
    this.#impact?.stop();
    this.counted = null;
    this.failure = null;
    this.#impact =
      draft.commands.length > 0 && !conflict && this.app.knowsPeople
        ? new KnownImpact(backend, draft.settings, () => this.requestUpdate())
        : null;
    this.requestUpdate();
  }

  /** Whether it decides as the page does. */
  #askServer(): void {
    const { draft, backend, conflict, pins } = this.app;
    this.#agreement?.stop();
    this.#agreement =
      draft.commands.length > 0 && !conflict && !this.app.embedded
        ? new Agreement(backend, pins.all, draft.settings, () => this.requestUpdate())
        : null;
    this.requestUpdate();
  }

  #nothing(): TemplateResult {
    const m = messages().review;
    return html`
      <section class="card stack">
        ${this.#title(this.saved === null ? m.nothing : m.saved(this.saved))}
        <p class="quiet" role="status">${this.saved === null ? m.nothingHint : m.savedHint}</p>
        <p class="row">
          ${this.within ? nothing : html`<a href=${address("settings")}>${messages().views.settings}</a>`}
          ${
            this.app.embedded
              ? nothing
              : html`<a href=${address("activity")}>${messages().views.activity}</a>
                  <a href=${address("history")}>${messages().views.history}</a>`
          }
        </p>
      </section>
    `;
  }

  #title(text: string): TemplateResult {
    return this.within || this.app.embedded
      ? html`<h2 class="title" tabindex="-1">${text}</h2>`
      : html`<h1 class="title" tabindex="-1">${text}</h1>`;
  }

  /** What a document has to say of itself. */
  #printed(): TemplateResult | typeof nothing {
    if (!this.#printing.active) return nothing;
    const { me, stored } = this.app;
    const name = me ? personName(me.user) : "";
    return html`<p>${messages().review.printed(stored.version, name, when(new Date().toISOString()))}</p>`;
  }

  #attempts(): TemplateResult | typeof nothing {
    const { attempts } = this.app.draft;
    if (attempts.length === 0) return nothing;
    return html`
      <section class="note error" role="alert">
        <p>${messages().unsaved.mendFirst}</p>
        <ul class="commands">
          ${attempts.map(({ command, rejection }) => html`<li>${commandText(this.app, command)} ${rejectionText(rejection)}</li>`)}
        </ul>
      </section>
    `;
  }

  #expectations(): TemplateResult | typeof nothing {
    if (this.#runs.length === 0 && !this.held) return nothing;
    return html`
      <section class="card" aria-labelledby="expectations">
        <h2 id="expectations">${messages().expectations.title}</h2>
        <expectations-review
          .app=${this.app}
          .runs=${this.#runs}
          .held=${this.held}
          @failing-change=${(event: CustomEvent<{ failing: number | null }>) => {
            this.failing = event.detail.failing;
          }}
        ></expectations-review>
      </section>
    `;
  }

  #save(): TemplateResult {
    const m = messages().review;
    const impact = this.#impact?.state;
    const { draft, scenarios } = this.app;
    const open = scenarios.open;
    // Nobody is affected by what is only expected, and where nobody is known, nothing can be asked.
    const isConfirmed = (this.confirmed !== null || !this.#impact) && this.#told !== null;
    const agrees = !this.#agreement || this.#agreement.state === "agrees";
    const ready = isConfirmed && agrees && open.length === 0 && draft.attempts.length === 0 && !this.saving;
    const waiting = impact && !impact.summary && !impact.failure;
    return html`
      <section class="card stack screen-only" aria-labelledby="save">
        <h2 id="save">${m.save}</h2>
        ${this.counted ? html`<p class="note error" role="alert">${m.unconfirmed}</p>` : nothing}
        ${this.stale ? html`<p class="note error" role="alert">${messages().expectations.stale}</p>` : nothing}
        ${this.held ? html`<p class="note error" role="alert">${messages().expectations.unconfirmed}</p>` : nothing}
        ${
          impact
            ? html`<impact-confirmation
                .app=${this.app}
                .impact=${impact}
                .counted=${this.counted}
                ?uncounted=${this.failure?.code === "impact-unknown"}
                @confirmation-change=${(event: CustomEvent<{ confirmed: Confirmation | null }>) => {
                  this.confirmed = event.detail.confirmed;
                }}
              ></impact-confirmation>`
            : nothing
        }
        ${
          this.failure
            ? html`<p class="note error" role="alert">
                ${this.failure.code === "unreachable" ? m.perhapsSaved : m.notSaved}
                ${messages().problems[this.failure.code] ?? html`<span lang="en">${coded(this.failure.message)}.</span>`}
              </p>`
            : nothing
        }
        ${
          this.#agreement
            ? html`<server-agreement .app=${this.app} .agreement=${this.#agreement} .state=${this.#agreement.state} @again=${() => this.#askServer()}></server-agreement>`
            : nothing
        }
        <div class="row">
          <wa-button variant="brand" ?disabled=${!ready} ?loading=${this.saving} @click=${() => this.#commit(this.app.draft.commands)}>${m.save}</wa-button>
          ${this.within ? nothing : html`<wa-button appearance="outlined" @click=${() => (this.app.embedded ? this.app.go("settings") : history.back())}>${m.back}</wa-button>`}
          ${this.app.embedded ? nothing : html`<wa-button appearance="plain" @click=${print}>${m.print}</wa-button>`}
          ${this.#told === null ? html`<span class="quiet">${messages().expectations.mendFirst}</span>` : nothing}
          ${open.map((scope) => html`<a href=${address("scenarios", scope)}>${messages().expectations.finish}</a>`)}
          ${waiting ? html`<span class="quiet">${m.waiting}</span>` : nothing}
        </div>
      </section>
    `;
  }

  #dialog(): TemplateResult {
    const m = messages().review;
    const { question } = this;
    const close = () => {
      this.question = null;
    };
    return html`
      <modal-dialog
        .heading=${m.warnings}
        .open=${question !== null}
        @dialog-close=${close}
      >
        ${question?.warnings.map(({ warning }) => html`<p class="note warning" lang="en">${coded(warning)}.</p>`)}
        <wa-button slot="actions" size="s" appearance="outlined" @click=${close}>${messages().cancel}</wa-button>
        <wa-button slot="actions" size="s" variant="danger" @click=${() => this.#anyway()}>${m.anyway}</wa-button>
      </modal-dialog>
    `;
  }

  /** How many expectations the save is told that fail; nothing is asked where nothing is expected. */
  get #told(): number | null {
    return this.#runs.length === 0 && !this.held ? 0 : this.failing;
  }

  #anyway(): void {
    const { question } = this;
    this.question = null;
    const { commands } = this.app.draft;
    const warnings = question?.warnings ?? [];
    void this.#commit(commands.map((command, index) => confirmed(command, index, warnings)));
  }

  async #commit(commands: readonly SettingsCommand[]): Promise<void> {
    if (this.#told === null) return;
    this.saving = true;
    this.failure = null;
    try {
      const confirmed = { ...(this.confirmed && { confirmed: this.confirmed }), failing: this.#told };
      const answer = await this.app.save([...commands], confirmed);
      if (answer.status === "confirm") this.question = { warnings: answer.warnings };
      if (answer.status === "unconfirmed") {
        // Those who are affected have become others: they are shown anew, and asked about as the server has counted them.
        this.#findOut();
        this.counted = answer.impact;
      }
      if (answer.status === "unmet") this.held = answer.held;
      this.stale = answer.status === "stale-expectations";
      if (answer.status === "applied") this.saved = answer.stored.version;
    } catch (error) {
      this.failure = asBackendError(error);
    } finally {
      this.saving = false;
    }
    await this.updateComplete;
    this.focus();
  }

  /** Reading goes on at its title. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>(".title")?.focus(options);
  }
}

/** The command, confirmed if it is one of those that were asked about. */
function confirmed(command: SettingsCommand, index: number, warnings: { path: string }[]): SettingsCommand {
  const asked = warnings.some(({ path }) => path === `commands[${index}]`);
  return asked && command.type === "remove-workspace" ? { ...command, confirmed: true } : command;
}
