import "@awesome.me/webawesome/dist/components/icon/icon.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { type Run, tally } from "../shared/state/scenario-runs.js";
import { admin } from "../shared/styles/admin.js";
import { coded } from "../shared/words/coded.js";
import { differenceText } from "../shared/words/differences.js";
import { brokenText, proofState } from "../shared/words/guarantees.js";

/** How scenarios and guarantees came out: red or green, and of the red ones what came out otherwise. */
@customElement("scenario-results")
export class ScenarioResults extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--wa-space-2xs) var(--wa-space-s);
        line-height: 1.5;
      }

      wa-icon {
        margin-block-start: 0.2em;
        color: var(--gs-success);
      }

      .red wa-icon {
        color: var(--gs-error);
      }

      .scope + .scope {
        margin-block-start: var(--wa-space-s);
      }
    `,
  ];

  @property({ attribute: false }) runs: Run[] = [];
  /** Whether those that came out as expected are left out. */
  @property({ type: Boolean }) failing = false;

  override render() {
    const m = messages().scenarios;
    const { green, red } = tally(this.runs);
    return html`
      ${this.failing ? nothing : html`<p class="quiet">${m.count(green, red)}</p>`}
      ${this.runs.map((run) => this.#run(run))}
    `;
  }

  #run({ scope, results, proofs, problem }: Run): TemplateResult {
    const m = messages().scenarios;
    return html`
      <div class="scope">
        ${this.runs.length > 1 || scope !== null ? html`<h3>${scope === null ? messages().settings.instance : this.app.nameOf(scope)}</h3>` : nothing}
        ${problem ? html`<p class="note error">${m.notRun} <span lang="en">${coded(problem.message)}.</span></p>` : nothing}
        <ul class="rows">
          ${results.map(({ name, passed, differences }) =>
            this.#result(
              passed,
              passed ? m.states.green : m.states.red,
              html`${name} ${differences.map((difference) => html`<p class="quiet">${differenceText(difference)}</p>`)}`,
            ),
          )}
          ${proofs.map((proof) => {
            const { states } = messages().guarantees;
            const broken = brokenText(proof);
            const text = html`${proof.name} ${broken ? html`<p class="quiet">${broken}</p>` : nothing}`;
            return this.#result(!broken, states[proofState(proof)], text);
          })}
        </ul>
      </div>
    `;
  }

  #result(passed: boolean, label: string, text: TemplateResult): TemplateResult | typeof nothing {
    if (this.failing && passed) return nothing;
    return html`
      <li class=${passed ? "green" : "red"}>
        <wa-icon name=${passed ? "check" : "cross"} label=${label}></wa-icon>
        <div class="names">${text}</div>
      </li>
    `;
  }
}
