import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import type { Guarantee } from "idp-group-sync";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { asBackendError, type BackendError } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { rolesOf } from "../shared/engine/roles.js";
import type { EditedScenario, ScenarioQuestion, Scope } from "../shared/state/kept-scenarios.js";
import type { Side } from "../shared/state/merge.js";
import { address } from "../shared/state/route.js";
import { type Run, runTyped, tally } from "../shared/state/scenario-runs.js";
import { admin } from "../shared/styles/admin.js";
import { coded } from "../shared/words/coded.js";
import "../shared/elements/failure-note.js";
import "./guarantee-editor.js";
import "./scenario-editor.js";
import "../shared/elements/side-choice.js";

/** What is expected of the settings, and guaranteed by them: kept beside the mapping of the instance, or of a workspace. */
@customElement("scenarios-view")
export class ScenariosView extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .scope .label {
        font-size: var(--gs-small-size);
      }

      .actions {
        margin-block-start: var(--wa-space-s);
      }
    `,
  ];

  /** The scenario or guarantee that was added last, whose form is open. */
  @state() private added: { scenario?: number; guarantee?: number } = {};
  @state() private saving = false;
  @state() private failure: BackendError | null = null;
  /** The answers to what somebody else has changed as well. */
  @state() private choices: ReadonlyMap<string, Side> = new Map();
  #scope: Scope = null;

  override render() {
    const m = messages().scenarios;
    const { settings } = this.app.draft;
    const scope = this.#scope;
    const listed = scope === null || settings.workspaces.some(({ id }) => id === scope);
    const { scenarios, guarantees } = this.app.scenarios.edited(scope);
    const run = listed ? runTyped(this.app, scope) : null;
    const { guarantees: g } = messages();
    return html`
      <div class="stack">
        <div>
          <h1 tabindex="-1">${messages().views.scenarios}</h1>
          <p class="quiet lead">${m.hint}</p>
        </div>
        <section class="card stack" aria-label=${m.list}>
          <div class="row apart">
            <label class="scope">
              <span class="label">${m.scope}</span>
              <select class="field" @change=${(event: Event) => this.#go((event.target as HTMLSelectElement).value)}>
                ${[null, ...settings.workspaces.map(({ id }) => id)].map((id) => this.#option(id))}
                ${listed ? nothing : this.#option(scope)}
              </select>
            </label>
            <p role="status">${run && !run.problem && this.app.scenarios.countIn(scope) > 0 ? this.#count(run) : nothing}</p>
          </div>
          ${listed ? nothing : html`<p class="note warning">${messages().settings.notListed(this.app.nameOf(scope ?? ""))}</p>`}
          ${run?.problem ? html`<p class="note error">${m.notRun} <span lang="en">${coded(run.problem.message)}.</span></p>` : nothing}
          ${scenarios.length === 0 ? html`<p class="quiet">${m.none}</p>` : this.#list(scenarios, run)}
          <div class="row actions">
            <wa-button size="s" appearance="outlined" @click=${() => this.#add()}>
              <wa-icon slot="start" name="plus"></wa-icon>
              ${m.add}
            </wa-button>
          </div>
          <div>
            <h2>${g.title}</h2>
            <p class="quiet lead">${g.hint}</p>
          </div>
          ${guarantees.length === 0 ? html`<p class="quiet">${g.none}</p>` : this.#guarantees(guarantees, run)}
          <div class="row actions">
            <wa-button size="s" appearance="outlined" @click=${() => this.#addGuarantee()}>
              <wa-icon slot="start" name="plus"></wa-icon>
              ${g.add}
            </wa-button>
          </div>
          ${this.#foot()}
        </section>
      </div>
    `;
  }

  protected override willUpdate(): void {
    const { item } = this.app.route;
    if (this.app.route.view !== "scenarios" || item === this.#scope) return;
    this.#scope = item;
    this.added = {};
    this.failure = null;
    this.choices = new Map();
  }

  #option(scope: Scope): TemplateResult {
    const name = scope === null ? messages().settings.instance : this.app.nameOf(scope);
    const length = this.app.scenarios.countIn(scope);
    return html`<option value=${scope ?? ""} ?selected=${scope === this.#scope}>${name}${length > 0 ? ` (${length})` : ""}</option>`;
  }

  #count(run: Run): TemplateResult {
    const m = messages().scenarios;
    const { green, red } = tally([run]);
    return html`<span class="badge ${red > 0 ? "bad" : "good"}">${m.count(green, red)}</span>`;
  }

  #list(scenarios: EditedScenario[], run: Run | null): TemplateResult {
    return html`
      <ul class="rows">
        ${scenarios.map(
          (scenario, index) => html`
            <li>
              <scenario-editor
                .scenario=${scenario}
                .result=${run?.results[index] ?? null}
                .catalog=${this.#catalog}
                ?open=${index === this.added.scenario}
                @scenario-change=${(event: CustomEvent<{ scenario: EditedScenario }>) =>
                  this.app.scenarios.set(this.#scope, { scenarios: scenarios.with(index, event.detail.scenario) })}
                @scenario-remove=${() => {
                  this.added = {};
                  this.app.scenarios.set(this.#scope, { scenarios: scenarios.toSpliced(index, 1) });
                }}
              ></scenario-editor>
            </li>
          `,
        )}
      </ul>
    `;
  }

  #guarantees(guarantees: Guarantee[], run: Run | null): TemplateResult {
    const { scenarios } = this.app;
    return html`
      <ul class="rows">
        ${guarantees.map(
          (guarantee, index) => html`
            <li>
              <guarantee-editor
                .guarantee=${guarantee}
                .result=${run?.proofs[index] ?? null}
                .catalog=${this.#catalog}
                ?open=${index === this.added.guarantee}
                @guarantee-change=${(event: CustomEvent<{ guarantee: Guarantee }>) =>
                  scenarios.set(this.#scope, { guarantees: guarantees.with(index, event.detail.guarantee) })}
                @guarantee-remove=${() => {
                  this.added = {};
                  scenarios.set(this.#scope, { guarantees: guarantees.toSpliced(index, 1) });
                }}
              ></guarantee-editor>
            </li>
          `,
        )}
      </ul>
    `;
  }

  get #catalog() {
    return this.app.catalogOf(this.#scope ?? this.app.draft.settings.defaultWorkspace);
  }

  #foot(): TemplateResult | typeof nothing {
    const m = messages().scenarios;
    const { scenarios } = this.app;
    const scope = this.#scope;
    const questions = scenarios.questionsIn(scope);
    if (questions.length > 0) return this.#conflict(questions);
    const merged = scenarios.mergedIn(scope);
    const unfinished = scenarios.unfinishedIn(scope);
    const changed = scenarios.changedIn(scope);
    return html`
      ${merged.length > 0 ? html`<p class="note" role="status">${m.merged(merged)}</p>` : nothing}
      ${this.failure ? html`<failure-note .failure=${this.failure} lasting></failure-note>` : nothing}
      <div class="row actions">
        <wa-button size="s" variant="brand" ?disabled=${!changed || unfinished || this.saving} @click=${() => this.#save()}>
          ${m.save}
        </wa-button>
        <wa-button size="s" appearance="outlined" ?disabled=${!changed} @click=${() => scenarios.discard(scope)}>
          ${messages().unsaved.discard}
        </wa-button>
        ${
          scenarios.discardedIn(scope)
            ? html`<wa-button size="s" appearance="outlined" @click=${() => scenarios.undoDiscard(scope)}>
                ${messages().unsaved.undoDiscard}
              </wa-button>`
            : nothing
        }
        <span class="quiet" role="status">${unfinished ? messages().unsaved.mendFirst : changed ? m.unsaved : ""}</span>
      </div>
    `;
  }

  /** Both changed one scenario or guarantee: which of the two it is to be. */
  #conflict(questions: ScenarioQuestion[]): TemplateResult {
    const m = messages().scenarios;
    const scope = this.#scope;
    const open = questions.filter(({ key }) => !this.choices.has(key)).length;
    const shown = (scenario: ScenarioQuestion["mine"]) =>
      scenario ? html`<pre>${JSON.stringify(scenario, null, 2)}</pre>` : messages().merge.notListed;
    return html`
      <div class="note warning stack" role="alert">
        <p>${m.conflict}</p>
        ${questions.map(
          ({ key, name, mine, theirs }) => html`
            <side-choice
              .question=${name}
              .mine=${shown(mine)}
              .theirs=${shown(theirs)}
              .chosen=${this.choices.get(key)}
              @side-choose=${(event: CustomEvent<{ side: Side }>) => {
                this.choices = new Map(this.choices).set(key, event.detail.side);
              }}
            ></side-choice>
          `,
        )}
        <p class="row">
          <wa-button size="s" variant="brand" ?disabled=${open > 0} @click=${() => this.#settle()}>${messages().conflict.goOn}</wa-button>
          <wa-button size="s" appearance="outlined" @click=${() => this.app.scenarios.discard(scope)}>
            ${messages().conflict.discard}
          </wa-button>
        </p>
      </div>
    `;
  }

  #settle(): void {
    this.app.scenarios.settle(this.#scope, this.choices);
    this.choices = new Map();
  }

  #go(scope: string): void {
    location.hash = address("scenarios", scope === "" ? null : scope);
  }

  #add(): void {
    const { scenarios } = this.app;
    this.added = { scenario: scenarios.edited(this.#scope).scenarios.length };
    const name = scenarios.freeName(this.#scope, messages().scenarios.newName);
    scenarios.add(this.#scope, { name, groups: [], expect: {} });
  }

  /** At first, that nobody reaches the highest role: which role and which groups is up to the admin. */
  #addGuarantee(): void {
    const { scenarios } = this.app;
    const { guarantees } = scenarios.edited(this.#scope);
    this.added = { guarantee: guarantees.length };
    const name = scenarios.freeName(this.#scope, messages().guarantees.newName);
    const role = rolesOf(this.#catalog).at(-1) ?? "";
    scenarios.set(this.#scope, { guarantees: [...guarantees, { name, only: { role, groups: [] } }] });
  }

  async #save(): Promise<void> {
    this.saving = true;
    this.failure = null;
    try {
      await this.app.scenarios.save(this.#scope);
    } catch (error) {
      this.failure = asBackendError(error);
    } finally {
      this.saving = false;
    }
  }
}
