import "@awesome.me/webawesome/dist/components/icon/icon.js";
import { EngineAsker } from "idp-group-sync-elements/internal/engine/engine-asker.js";
import { noMapping } from "idp-group-sync-elements/internal/engine/questions.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { askAlso } from "../shared/engine/also.js";
import type { Scope } from "../shared/state/kept-scenarios.js";
import { address } from "../shared/state/route.js";
import { type Run, tally, typedConfig } from "../shared/state/scenario-runs.js";
import { admin } from "../shared/styles/admin.js";
import { differenceText } from "../shared/words/differences.js";
import { brokenText } from "../shared/words/guarantees.js";

/** What takes no longer than this, in milliseconds, gets in nobody's way. */
const BRIEF = 5;
const PAUSE = 300;

/** How the scenarios and guarantees beside a mapping come out now: red or green as the text is typed. */
@customElement("scenario-strip")
export class ScenarioStrip extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      :host {
        margin-block-start: var(--wa-space-s);
        padding-block-start: var(--wa-space-s);
        border-block-start: 1px solid var(--gs-line);
      }

      /* Why nothing could be run is a sentence. */
      .badge {
        white-space: normal;
      }

      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0 var(--wa-space-xs);
        line-height: 1.6;
      }

      li wa-icon {
        translate: 0 0.3em;
        color: var(--gs-error);
      }
    `,
  ];

  @property({ attribute: false }) scope: Scope = null;
  @state() private run: Run | null = null;
  /** Whether the run on show is about what was typed before. */
  @state() private pending = false;
  /** What the run is about. */
  #of: unknown[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How long the last run took, in milliseconds. */
  #lasted = 0;
  readonly #engine = new EngineAsker();

  override render() {
    const m = messages().scenarios;
    const link = html`<a href=${address("scenarios", this.scope)}>${messages().views.scenarios}</a>`;
    if (this.app.scenarios.countIn(this.scope) === 0) return html`<p class="quiet">${m.noneHere} ${link}</p>`;
    const { run } = this;
    if (!run) return html`<p class="row">${link}</p>`;
    const { green, red } = tally([run]);
    return html`
      <p class="row" role="status" aria-busy=${this.pending ? "true" : "false"}>
        ${link}
        ${
          run.problem
            ? html`<span class="badge bad">${m.notRun}</span>`
            : html`<span class="badge ${red > 0 ? "bad" : "good"}">${m.count(green, red)}</span>`
        }
      </p>
      ${
        red > 0 && !run.problem
          ? html`<ul>
              ${run.results.map(({ name, passed, differences }) =>
                passed
                  ? nothing
                  : this.#red(
                      m.states.red,
                      html`${name}${differences.map((difference) => html`<span class="quiet"> · ${differenceText(difference)}</span>`)}`,
                    ),
              )}
              ${run.proofs.map((proof) => {
                const broken = brokenText(proof);
                return broken
                  ? this.#red(
                      messages().guarantees.states.red,
                      html`${proof.name}<span class="quiet"> · ${broken}</span>`,
                    )
                  : nothing;
              })}
            </ul>`
          : nothing
      }
    `;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#engine.close();
    this.#of = [];
  }

  /** The first run is there with the page; others begin when their letter is painted, or, where they take long, when the typing pauses. */
  protected override willUpdate(): void {
    const { draft, scenarios } = this.app;
    const { scope } = this;
    const attempts = draft.attempts.map(({ command }) => command);
    const of = [scope, draft.settings, JSON.stringify(scenarios.in(scope)), ...attempts];
    if (of.length === this.#of.length && of.every((one, index) => one === this.#of[index])) return;
    const isFirst = this.#of[0] !== scope;
    this.#of = of;
    clearTimeout(this.#timer);
    this.#engine.withdraw("also");
    this.pending = false;
    if (scenarios.countIn(scope) === 0) return;
    if (isFirst) {
      this.#run();
      return;
    }
    this.pending = true;
    const pause = this.#lasted > BRIEF ? PAUSE : 0;
    this.#timer = setTimeout(() => requestAnimationFrame(() => setTimeout(() => this.#run())), pause);
  }

  #run(): void {
    const start = performance.now();
    const { app, scope } = this;
    const { mapping, policy = {}, ...config } = typedConfig(app, scope);
    const facts = { ...noMapping, ...config, mapping, policy, expected: app.scenarios.in(scope) };
    askAlso(this.#engine, "expectations", facts, (held) => {
      this.run = { scope, ...held };
      this.pending = false;
      this.#lasted = performance.now() - start;
    });
  }

  #red(label: string, text: TemplateResult): TemplateResult {
    return html`
      <li>
        <wa-icon name="cross" label=${label}></wa-icon>
        <span class="names">${text}</span>
      </li>
    `;
  }
}
