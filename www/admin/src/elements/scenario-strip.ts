import "@awesome.me/webawesome/dist/components/icon/icon.js";
import { css, html, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import { shared } from "../../../src/styles/shared.js";
import { messages } from "../messages/language.js";
import type { Scope } from "../state/kept-scenarios.js";
import { address } from "../state/route.js";
import { runTyped } from "../state/scenario-runs.js";
import { admin } from "../styles/admin.js";
import { coded } from "../words/coded.js";
import { AdminElement } from "./admin-element.js";

/** How the scenarios beside a mapping come out now: red or green at each keystroke. */
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
    const scenarios = this.app.scenarios.in(this.scope);
    const link = html`<a href=${address("scenarios", this.scope)}>${messages().views.scenarios}</a>`;
    if (scenarios.length === 0) return html`<p class="quiet">${m.noneHere} ${link}</p>`;
    const { results, problem } = runTyped(this.app, this.scope, scenarios);
    const red = results.filter(({ passed }) => !passed);
    return html`
      <p class="row" role="status">
        ${link}
        ${
          problem
            ? html`<span class="badge bad">${m.notRun}</span>`
            : html`<span class="badge ${red.length > 0 ? "bad" : "good"}">${m.count(results.length - red.length, red.length)}</span>`
        }
      </p>
      ${
        red.length > 0
          ? html`<ul>
              ${red.map(
                ({ name, differences }) => html`
                  <li>
                    <wa-icon name="cross" label=${m.states.red}></wa-icon>
                    <span class="names">${name}${differences.map((text) => html`<span class="quiet" lang="en"> · ${coded(text)}</span>`)}</span>
                  </li>
                `,
              )}
            </ul>`
          : nothing
      }
    `;
  }
}
