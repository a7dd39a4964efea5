import "@awesome.me/webawesome/dist/components/icon/icon.js";
import type { Catalog, ClaimOptions, Diagnostic, Policy, Resolution } from "idp-group-sync";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { EngineAsker } from "../engine/engine-asker.js";
import type { Preview, Refusal } from "../engine/questions.js";
import { claimState, countDiagnostics, outcomeTitle, roleReason, sentence, spokenOutcome } from "../messages.js";
import { shared } from "../styles/shared.js";
import { claimFields } from "./claim-form.js";
import "./diagnostic-list.js";
import "./group-matches.js";

/** How long the outcome must stand still before it is read out: nobody wants to hear every keystroke. */
const SPEAK_AFTER = 700;

/**
 * What a login would do: role and why, groups, and how each IdP group matched. Decided anew at every change, by the
 * engine that decides at login.
 *
 * @fires outcome-change - The engine has decided anew; `detail.preview` is what it said.
 * @fires entry-select - A row or a diagnostic was chosen; `detail.spans` are the places in the mapping behind it.
 */
@customElement("group-sync-preview")
export class GroupSyncPreview extends LitElement {
  static override styles = [
    shared,
    css`
      .state {
        display: flex;
        gap: var(--wa-space-xs);
        align-items: baseline;
        font-weight: var(--wa-font-weight-semibold);
      }

      .state wa-icon {
        align-self: center;
        font-size: 1.1em;
      }

      .resolved wa-icon {
        color: var(--gs-success);
      }

      .no-match wa-icon,
      .keep wa-icon {
        color: var(--gs-warning);
      }

      .deny wa-icon,
      .broken wa-icon {
        color: var(--gs-error);
      }

      .waiting wa-icon {
        color: var(--gs-quiet);
      }

      .answer {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
        gap: var(--wa-space-m) var(--wa-space-l);
        margin-block: var(--wa-space-m);
      }

      .answer h3,
      .rows h3 {
        margin-block-end: var(--wa-space-2xs);
        color: var(--gs-quiet);
        font-size: var(--gs-small-size);
        font-weight: var(--wa-font-weight-semibold);
      }

      .role {
        color: var(--gs-target);
        font-size: 1.625rem;
        font-weight: var(--wa-font-weight-bold);
        line-height: 1.25;
        overflow-wrap: anywhere;
      }

      .none {
        color: var(--gs-quiet);
        font-size: 1.625rem;
        line-height: 1.25;
      }

      .groups {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wa-space-2xs);
      }

      .groups li {
        padding: 0.15rem 0.6rem;
        border: 1px solid color-mix(in oklab, var(--gs-target) 45%, transparent);
        border-radius: var(--wa-border-radius-pill);
        color: var(--gs-target);
        font-size: 1rem;
        font-weight: var(--wa-font-weight-semibold);
        overflow-wrap: anywhere;
      }

      .reasons {
        margin-block-start: var(--wa-space-2xs);
      }

      .rows {
        margin-block-start: var(--wa-space-m);
      }

      diagnostic-list {
        margin-block-start: var(--wa-space-m);
      }

      .waiting,
      .broken,
      .explained {
        margin-block-end: var(--wa-space-2xs);
      }
    `,
  ];

  /** The mapping text. */
  @property() mapping = "";
  /** Where the groups are in the token. */
  @property({ attribute: false }) claim: ClaimOptions = "groups";
  /** The application's roles and groups. */
  @property({ attribute: false }) catalog: Catalog = { groups: [] };
  /** What to do where a rule leaves a choice. */
  @property({ attribute: false }) policy: Policy = {};
  /** The token's claims; `undefined` while there are none to read. */
  @property({ attribute: false }) claims: object | undefined;

  @state() private spoken = "";
  #preview: Preview | undefined;
  readonly #engine = new EngineAsker();
  #speaking: ReturnType<typeof setTimeout> | undefined;

  /** What the engine said last; `undefined` while there are no claims. */
  get preview(): Preview | undefined {
    return this.#preview;
  }

  override render() {
    return html`
      ${this.#answer()}
      <p class="for-screen-readers" role="status">${this.spoken}</p>
    `;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Back in the document after a move: what was asked when it left was dropped.
    if (this.hasUpdated) this.#ask();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#speaking);
    this.#engine.close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const inputs = ["mapping", "claim", "catalog", "policy", "claims"] as const;
    if (inputs.some((input) => changed.has(input))) this.#ask();
  }

  #ask(): void {
    const { mapping, claim, catalog, policy, claims } = this;
    if (claims === undefined) {
      this.#engine.withdraw("preview");
      this.#show(undefined);
    } else {
      const facts = { mapping, claim, catalog, policy, claims };
      this.#engine.ask("preview", facts, undefined, (preview) => this.#show(preview));
    }
  }

  #show(preview: Preview | undefined): void {
    this.#preview = preview;
    this.requestUpdate();
    if (preview) this.dispatchEvent(new CustomEvent("outcome-change", { detail: { preview } }));
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => {
      this.spoken = this.#speech();
    }, SPEAK_AFTER);
  }

  #selectPlace(event: CustomEvent<{ diagnostic: Diagnostic }>): void {
    const { span } = event.detail.diagnostic;
    if (span) this.dispatchEvent(new CustomEvent("entry-select", { detail: { spans: [span] } }));
  }

  #speech(): string {
    switch (this.#preview?.kind) {
      case undefined:
        return "No outcome: there are no claims to read.";
      case "invalid-mapping":
        return `No outcome: the mapping has ${countDiagnostics(this.#preview.refusal.diagnostics)}.`;
      case "invalid-input":
        return `No outcome: ${this.#preview.refusal.message}.`;
      case "resolution":
        return spokenOutcome(this.#preview.resolution);
    }
  }

  #answer(): TemplateResult {
    switch (this.#preview?.kind) {
      case undefined:
        return html`
          <p class="state waiting"><wa-icon name="pause"></wa-icon> Waiting for a token</p>
          <p class="quiet">As soon as its claims can be read, this shows what the login would do.</p>
        `;
      case "invalid-mapping":
        return this.#invalidMapping(this.#preview.refusal);
      case "invalid-input":
        return this.#invalidInput(this.#preview.refusal);
      case "resolution":
        return this.#resolution(this.#preview.resolution);
    }
  }

  #invalidMapping(refusal: Refusal): TemplateResult {
    return html`
      <p class="state broken"><wa-icon name="cross"></wa-icon> This mapping does not run</p>
      <p class="quiet">
        A mapping with an error never runs, not even in part: logins would change nobody's groups until it is mended.
      </p>
      <diagnostic-list
        .diagnostics=${refusal.diagnostics.filter(({ severity }) => severity === "error")}
        @diagnostic-select=${this.#selectPlace}
        limit="3"
      ></diagnostic-list>
    `;
  }

  #invalidInput(refusal: Refusal): TemplateResult {
    return html`
      <p class="state broken"><wa-icon name="cross"></wa-icon> This cannot be read yet</p>
      <p>${sentence(refusal.message)}.</p>
      ${refusal.path === undefined ? nothing : html`<p class="quiet">It is at <code>${refusal.path}</code>.</p>`}
    `;
  }

  #resolution(resolution: Resolution): TemplateResult {
    const { outcome, role, matches, diagnostics } = resolution;
    return html`
      <p class="state ${outcome}"><wa-icon name=${outcomeIcons[outcome]}></wa-icon> ${outcomeTitle(resolution)}</p>
      <p class="quiet">${this.#claimSentence(resolution)}</p>
      ${role === null ? nothing : this.#roleAndGroups(resolution, role)}
      ${diagnostics.length > 0 ? html`<diagnostic-list .diagnostics=${diagnostics} @diagnostic-select=${this.#selectPlace}></diagnostic-list>` : nothing}
      ${
        matches.length > 0
          ? html`
              <section class="rows" aria-labelledby="rows">
                <h3 id="rows">How each IdP group matched</h3>
                <group-matches .rows=${matches}></group-matches>
              </section>
            `
          : nothing
      }
    `;
  }

  #claimSentence(resolution: Resolution): TemplateResult {
    const { name } = claimFields(this.claim);
    const { path } = resolution.claim;
    const nested = path.length > 1 ? html`, found at <code>${path.join(" › ")}</code>,` : nothing;
    return html`The claim <code>${name}</code>${nested} ${claimState(resolution)}.`;
  }

  #roleAndGroups({ groups, roleReasons }: Resolution, role: string): TemplateResult {
    return html`
      <div class="answer">
        <section aria-labelledby="role">
          <h3 id="role">Role</h3>
          <p class="role">${role}</p>
          <ul class="reasons quiet">
            ${roleReasons.map((reason) => html`<li>${roleReason(reason)}</li>`)}
          </ul>
        </section>
        <section aria-labelledby="groups">
          <h3 id="groups">Groups</h3>
          ${
            groups.length > 0
              ? html`<ul class="groups">
                  ${groups.map((group) => html`<li>${group}</li>`)}
                </ul>`
              : html`<p class="none">none</p>`
          }
        </section>
      </div>
    `;
  }
}

const outcomeIcons: Record<Resolution["outcome"], string> = {
  resolved: "check",
  "no-match": "dash",
  keep: "pause",
  deny: "cross",
};
