import "@awesome.me/webawesome/dist/components/icon/icon.js";
import type { Diagnostic } from "idp-group-sync";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import "idp-group-sync-elements/internal/elements/diagnostic-list.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { type UnmetCondition, unmetConditions } from "idp-group-sync-elements/internal/unmet.js";
import { messages } from "../../messages/language.js";
import { admin } from "../styles/admin.js";
import { labelled } from "../words/groups.js";
import { blockedText, claimText, planSentences, roleReasonText } from "../words/plans.js";
import { SpokenElement } from "./spoken-element.js";
import "./flow-picture.js";
import "./match-list.js";
import type { Plan } from "../words/plans.js";

const icons: Record<Plan["status"], string> = {
  change: "check",
  unchanged: "check",
  skipped: "pause",
  denied: "cross",
};

/**
 * What a login does in one workspace, or did, and why.
 *
 * @slot actions - What can be done about it.
 * @fires entry-open - An entry was chosen; `detail.entry` is its place in the mapping. Bubbles.
 * @fires near-miss-add - A near miss is to be matched; `detail.idpGroup`, and `detail.name` that it is like. Bubbles.
 */
@customElement("plan-card")
export class PlanCard extends SpokenElement {
  static override styles = [
    shared,
    admin,
    css`
      .head {
        margin-block-end: var(--wa-space-2xs);
      }

      .status {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0 var(--wa-space-xs);
        line-height: 1.6;
      }

      .status wa-icon {
        translate: 0 0.3em;
      }

      .change wa-icon,
      .unchanged wa-icon {
        color: var(--gs-success);
      }

      .skipped wa-icon {
        color: var(--gs-warning);
      }

      .denied wa-icon {
        color: var(--gs-error);
      }

      .sentences {
        font-weight: var(--wa-font-weight-semibold);
      }

      h3 {
        margin: var(--wa-space-s) 0 var(--wa-space-2xs);
        color: var(--gs-quiet);
        font-size: var(--gs-small-size);
        font-weight: var(--wa-font-weight-semibold);
      }

      diagnostic-list,
      .note {
        margin-block-start: var(--wa-space-xs);
      }
    `,
  ];

  /** The workspace's name. */
  @property() name = "";
  @property({ attribute: false }) plan!: Plan;
  /** The mapping that the places in the plan are places of. */
  @property() mapping = "";
  /** The workspace's own text, where it differs from that one by entry. */
  @property() added = "";
  /** Of a login of the past: whether the plan was carried out. */
  @property({ attribute: false }) applied: boolean | null = null;
  /** Said after the name, for example what the user is in this workspace. */
  @property() remark = "";
  @property({ type: Boolean }) editable = false;
  /** Whether the mapping is the saved one while another one is in the editor. */
  @property({ type: Boolean }) saved = false;

  override render() {
    const { plan } = this;
    const { resolution } = plan;
    const m = messages().plan;
    const past = this.applied !== null;
    return html`
      <article class="card" aria-label=${this.name}>
        <div class="row head">
          <h2>${this.name}</h2>
          ${this.remark ? html`<span class="quiet">${this.remark}</span>` : nothing}
        </div>
        <div class="status ${plan.status}">
          <wa-icon name=${icons[plan.status]} label=${messages().statuses[plan.status]}></wa-icon>
          <div>
            <ul class="sentences">
              ${planSentences(plan, past && (this.applied === true || plan.status !== "change")).map((text) => html`<li>${text}</li>`)}
            </ul>
            ${plan.keep.length > 0 && plan.status !== "skipped" ? html`<p class="quiet">${m.keeps(plan.keep)}</p>` : nothing}
            ${past && plan.status === "change" && !this.applied ? html`<p class="quiet">${m.notCarriedOut}</p>` : nothing}
          </div>
        </div>
        ${
          plan.blocked.length > 0
            ? html`<div class="note warning">${plan.blocked.map((blocked) => html`<p>${blockedText(blocked)}</p>`)}</div>`
            : nothing
        }
        ${this.#why(resolution)}
        <slot name="actions"></slot>
      </article>
    `;
  }

  #unmet({ entry, text, needed, excluded }: UnmetCondition): TemplateResult {
    const m = messages().match;
    const written = (text === "workspace" ? this.added : this.mapping).slice(entry.start, entry.end);
    return html`
      <li class="unmet">
        <span class="quiet">${this.saved ? m.savedLine(entry.line) : m.line(entry.line)}: <code>${written}</code></span>
        ${needed.length > 0 ? m.needs(needed.map(labelled)) : nothing} ${excluded.length > 0 ? m.excludes(excluded.map(labelled)) : nothing}
      </li>
    `;
  }

  #why(resolution: Plan["resolution"]): TemplateResult | typeof nothing {
    const { roleReasons, matches, unmet, diagnostics, claim } = resolution;
    if (matches.length === 0 && roleReasons.length === 0 && diagnostics.length === 0) return nothing;
    const m = messages().plan;
    // Where nothing is done, nobody gets the role that the groups would come to.
    const follows = this.plan.status === "change" || this.plan.status === "unchanged";
    return html`
      <h3>${m.why}</h3>
      <ul>
        <li>${claimText(resolution)}</li>
        ${follows ? roleReasons.map((reason) => html`<li>${m.role(resolution.role ?? "", roleReasonText(reason))}</li>`) : nothing}
      </ul>
      ${
        diagnostics.length > 0
          ? html`<diagnostic-list
              .diagnostics=${this.#placed(diagnostics)}
              limit="5"
              @diagnostic-select=${(event: CustomEvent<{ diagnostic: Diagnostic }>) => this.#open(event.detail.diagnostic)}
            ></diagnostic-list>`
          : nothing
      }
      ${
        matches.length > 0
          ? html`<h3>${m.groups(claim.groups.length)}</h3>
              <flow-picture .resolution=${resolution} .mapping=${this.mapping} .added=${this.added} ?saved=${this.saved}></flow-picture>
              <match-list
                .found=${matches}
                .mapping=${this.mapping}
                .added=${this.added}
                ?editable=${this.editable}
                ?saved=${this.saved}
                @entry-open=${this.#passOn}
                @near-miss-add=${this.#passOn}
              ></match-list>`
          : nothing
      }
      ${
        unmet.length > 0
          ? html`<h3>${messages().match.unmet}</h3>
              <ul>
                ${unmetConditions(unmet)
                  .slice(0, 50)
                  .map((condition) => this.#unmet(condition))}
              </ul>`
          : nothing
      }
    `;
  }

  /** Without their places, where these are not those of the text in the editor. */
  #placed(diagnostics: Diagnostic[]): Diagnostic[] {
    const isPlaced = ({ params }: Diagnostic) => this.editable && !this.saved && params.text !== "workspace";
    const unplaced = ({ span: _, ...rest }: Diagnostic) => rest;
    return diagnostics.map((diagnostic) => (isPlaced(diagnostic) ? diagnostic : unplaced(diagnostic)));
  }

  #open({ span }: Diagnostic): void {
    this.dispatchEvent(new CustomEvent("entry-open", { detail: { entry: span }, bubbles: true, composed: true }));
  }

  #passOn(event: CustomEvent): void {
    this.dispatchEvent(new CustomEvent(event.type, { detail: event.detail, bubbles: true, composed: true }));
  }
}
