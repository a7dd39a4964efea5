import "@awesome.me/webawesome/dist/components/icon/icon.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import type { Scope } from "../shared/state/kept-scenarios.js";
import { address } from "../shared/state/route.js";
import { runTyped, tally } from "../shared/state/scenario-runs.js";
import { admin } from "../shared/styles/admin.js";
import { coded } from "../shared/words/coded.js";
import { brokenText } from "../shared/words/guarantees.js";

/** How the scenarios and guarantees beside a mapping come out now: red or green at each keystroke. */
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

  override render() {
    const m = messages().scenarios;
    const link = html`<a href=${address("scenarios", this.scope)}>${messages().views.scenarios}</a>`;
    if (this.app.scenarios.countIn(this.scope) === 0) return html`<p class="quiet">${m.noneHere} ${link}</p>`;
    const run = runTyped(this.app, this.scope);
    const { green, red } = tally([run]);
    return html`
      <p class="row" role="status">
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
                      html`${name}${differences.map((text) => html`<span class="quiet" lang="en"> · ${coded(text)}</span>`)}`,
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

  #red(label: string, text: TemplateResult): TemplateResult {
    return html`
      <li>
        <wa-icon name="cross" label=${label}></wa-icon>
        <span class="names">${text}</span>
      </li>
    `;
  }
}
