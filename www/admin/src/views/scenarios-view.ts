import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { shared } from "../../../src/styles/shared.js";
import type { BackendError } from "../backend/backend.js";
import { AdminElement } from "../elements/admin-element.js";
import { messages } from "../messages/language.js";
import { asBackendError } from "../state/app.js";
import type { EditedScenario, ScenarioQuestion, Scope } from "../state/kept-scenarios.js";
import type { Side } from "../state/merge.js";
import { address } from "../state/route.js";
import { type Run, runTyped } from "../state/scenario-runs.js";
import { admin } from "../styles/admin.js";
import { coded } from "../words/coded.js";
import "../elements/failure-note.js";
import "../elements/scenario-editor.js";
import "../elements/side-choice.js";

/** What is expected of the settings: kept beside the mapping of the instance, or of a workspace. */
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

  /** The scenario that was added last, whose form is open. */
  @state() private added = -1;
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
    const scenarios = this.app.scenarios.in(scope);
    const run = listed ? runTyped(this.app, scope, scenarios) : null;
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
            <p role="status">${run && !run.problem && scenarios.length > 0 ? this.#count(run) : nothing}</p>
          </div>
          ${listed ? nothing : html`<p class="note warning">${messages().settings.notListed(this.app.nameOf(scope ?? ""))}</p>`}
          ${run?.problem ? html`<p class="note error">${m.notRun} <span lang="en">${coded(run.problem.message)}.</span></p>` : nothing}
          ${scenarios.length === 0 ? html`<p class="quiet">${m.none}</p>` : this.#list(this.app.scenarios.edited(scope), run)}
          <div class="row actions">
            <wa-button size="s" appearance="outlined" @click=${() => this.#add()}>
              <wa-icon slot="start" name="plus"></wa-icon>
              ${m.add}
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
    this.added = -1;
    this.failure = null;
    this.choices = new Map();
  }

  #option(scope: Scope): TemplateResult {
    const name = scope === null ? messages().settings.instance : this.app.nameOf(scope);
    const { length } = this.app.scenarios.in(scope);
    return html`<option value=${scope ?? ""} ?selected=${scope === this.#scope}>${name}${length > 0 ? ` (${length})` : ""}</option>`;
  }

  #count({ results }: Run): TemplateResult {
    const m = messages().scenarios;
    const red = results.filter(({ passed }) => !passed).length;
    return html`<span class="badge ${red > 0 ? "bad" : "good"}">${m.count(results.length - red, red)}</span>`;
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
                .catalog=${this.app.catalogOf(this.#scope ?? this.app.draft.settings.defaultWorkspace)}
                ?open=${index === this.added}
                @scenario-change=${(event: CustomEvent<{ scenario: EditedScenario }>) =>
                  this.app.scenarios.set(this.#scope, scenarios.with(index, event.detail.scenario))}
                @scenario-remove=${() => {
                  this.added = -1;
                  this.app.scenarios.set(this.#scope, scenarios.toSpliced(index, 1));
                }}
              ></scenario-editor>
            </li>
          `,
        )}
      </ul>
    `;
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

  /** Both changed one scenario: which of the two it is to be. */
  #conflict(questions: ScenarioQuestion[]): TemplateResult {
    const m = messages().scenarios;
    const scope = this.#scope;
    const open = questions.filter(({ key }) => !this.choices.has(key)).length;
    const shown = (scenario: EditedScenario | undefined) =>
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
    this.added = scenarios.in(this.#scope).length;
    const name = scenarios.freeName(this.#scope, messages().scenarios.newName);
    scenarios.add(this.#scope, { name, groups: [], expect: {} });
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
