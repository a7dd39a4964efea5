import type { Catalog, ClaimOptions, Diagnostic, Policy, Resolution, Span } from "idp-group-sync";
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";
import { claimText } from "../claim-fields.js";
import { type IconName, icon } from "../element-icons.js";
import { EngineAsker } from "../engine/engine-asker.js";
import { nobody, noGroups, onePlace, type Preview, type Refusal } from "../engine/questions.js";
import { followLanguage, words } from "../messages/language.js";
import {
  claimState,
  countDiagnostics,
  outcomeTitle,
  roleReason,
  sentence,
  spokenOutcome,
} from "../messages/wording.js";
import { embedded, shared } from "../styles/shared.js";
import { tokens } from "../styles/tokens.js";
import { customElement } from "./custom-element.js";
import "./diagnostic-list.js";
import "./group-matches.js";
import "./unmet-conditions.js";

/** How long the outcome must stand still before it is read out: nobody wants to hear every keystroke. */
const SPEAK_AFTER = 700;

/**
 * What a login would do: role and why, groups, and how each IdP group matched. Decided anew at every change, by the
 * engine that decides at login.
 *
 * @fires {CustomEvent<{ preview: Preview }>} outcome-change - The engine has decided anew; `detail.preview` is what it said.
 * @fires {CustomEvent<{ spans: Span[] }>} entry-select - A row or a diagnostic was chosen; `detail.spans` are the places in the mapping behind it.
 * @csspart problems - What is wrong or doubtful, as a list.
 * @csspart role - The role.
 * @csspart groups - The list of groups.
 * @csspart matches - What each IdP group matched.
 */
@customElement("group-sync-preview")
export class GroupSyncPreview extends LitElement {
  static override styles = [
    tokens,
    shared,
    embedded,
    css`
      .state {
        display: flex;
        gap: var(--gs-space-xs);
        align-items: baseline;
        font-weight: 600;
      }

      .state .icon {
        align-self: center;
        font-size: 1.1em;
      }

      .resolved .icon {
        color: var(--gs-success);
      }

      .no-match .icon,
      .keep .icon {
        color: var(--gs-warning);
      }

      .deny .icon,
      .broken .icon {
        color: var(--gs-error);
      }

      .waiting .icon {
        color: var(--gs-quiet);
      }

      .answer {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr));
        gap: var(--gs-space-m) var(--gs-space-l);
        margin-block: var(--gs-space-m);
      }

      .answer h3,
      .rows h3 {
        margin-block-end: var(--gs-space-2xs);
        color: var(--gs-quiet);
        font-size: var(--gs-small-size);
        font-weight: 600;
      }

      .role {
        color: var(--gs-target);
        font-size: 1.625rem;
        font-weight: 600;
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
        gap: var(--gs-space-2xs);
      }

      .groups li {
        padding: 0.15rem 0.6rem;
        border: 1px solid color-mix(in oklab, var(--gs-target) 45%, transparent);
        border-radius: 9999px;
        color: var(--gs-target);
        font-size: 1rem;
        font-weight: 600;
        overflow-wrap: anywhere;
      }

      .reasons {
        margin-block-start: var(--gs-space-2xs);
      }

      .rows {
        margin-block-start: var(--gs-space-m);
      }

      diagnostic-list {
        margin-block-start: var(--gs-space-m);
      }

      /* An answer that comes at once makes nothing flicker. */
      .outcome[aria-busy="true"] {
        opacity: 0.6;
        transition: opacity 0.1s 0.25s;
      }

      .waiting,
      .broken,
      .explained {
        margin-block-end: var(--gs-space-2xs);
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
  /** Whether the outcome on show is one of earlier facts: what is asked now is still to be answered. */
  @state() private busy = false;
  #preview: Preview | undefined;
  readonly #engine = new EngineAsker();
  #speaking: ReturnType<typeof setTimeout> | undefined;

  /** What the engine said last; `undefined` while there are no claims. */
  get preview(): Preview | undefined {
    return this.#preview;
  }

  constructor() {
    super();
    followLanguage(this);
  }

  override render() {
    return html`
      <div class="outcome" aria-busy=${this.busy ? "true" : "false"}>${this.#answer()}</div>
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
    clearTimeout(this.#speaking);
    this.busy = true;
    if (claims === undefined) {
      this.#engine.withdraw("preview");
      this.#show(undefined);
    } else {
      const facts = {
        mapping,
        claim,
        catalog,
        policy,
        claims,
        workspaces: onePlace,
        knownGroups: noGroups,
        idpGroups: noGroups,
        knownUsers: nobody,
      };
      this.#engine.ask("preview", facts, undefined, (preview) => this.#show(preview));
    }
  }

  #show(preview: Preview | undefined): void {
    this.#preview = preview;
    this.busy = false;
    this.requestUpdate();
    if (preview) this.dispatchEvent(new CustomEvent("outcome-change", { detail: { preview }, bubbles: true }));
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => {
      this.spoken = this.#speech();
    }, SPEAK_AFTER);
  }

  #selectPlace(event: CustomEvent<{ diagnostic: Diagnostic }>): void {
    const { span } = event.detail.diagnostic;
    if (span) this.#select([span]);
  }

  #select(spans: Span[]): void {
    // The places are those of an earlier text, and would be other ones now.
    if (this.busy) return;
    this.dispatchEvent(new CustomEvent("entry-select", { detail: { spans }, bubbles: true }));
  }

  #speech(): string {
    switch (this.#preview?.kind) {
      case undefined:
        return words().preview.spokenWaiting;
      case "invalid-mapping":
        return words().preview.spokenInvalidMapping(countDiagnostics(this.#preview.refusal.diagnostics));
      case "invalid-input":
        return words().preview.spokenInvalidInput(this.#preview.refusal.message);
      case "resolution":
        return spokenOutcome(this.#preview.resolution);
    }
  }

  #answer(): TemplateResult {
    const { waiting, waitingHelp } = words().preview;
    switch (this.#preview?.kind) {
      case undefined:
        return html`
          <p class="state waiting">${icon("pause")} ${waiting}</p>
          <p class="quiet">${waitingHelp}</p>
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
    const { invalidMapping, invalidMappingHelp } = words().preview;
    return html`
      <p class="state broken">${icon("cross")} ${invalidMapping}</p>
      <p class="quiet">${invalidMappingHelp}</p>
      <diagnostic-list part="problems"
        .diagnostics=${refusal.diagnostics.filter(({ severity }) => severity === "error")}
        @diagnostic-select=${this.#selectPlace}
        limit="3"
      ></diagnostic-list>
    `;
  }

  #invalidInput(refusal: Refusal): TemplateResult {
    const { invalidInput, invalidInputAt } = words().preview;
    return html`
      <p class="state broken">${icon("cross")} ${invalidInput}</p>
      <p>${sentence(refusal.message)}.</p>
      ${refusal.path === undefined ? nothing : html`<p class="quiet">${invalidInputAt(refusal.path)}</p>`}
    `;
  }

  #resolution(resolution: Resolution): TemplateResult {
    const { outcome, matches, unmet, diagnostics } = resolution;
    return html`
      <p class="state ${outcome}">${icon(outcomeIcons[outcome])} ${outcomeTitle(resolution)}</p>
      <p class="quiet">${this.#claimSentence(resolution)}</p>
      ${resolution.role === null ? nothing : this.#roleAndGroups(resolution)}
      ${diagnostics.length > 0 ? html`<diagnostic-list part="problems" .diagnostics=${diagnostics} @diagnostic-select=${this.#selectPlace}></diagnostic-list>` : nothing}
      ${
        matches.length > 0
          ? html`
              <section class="rows" aria-labelledby="rows">
                <h3 id="rows">${words().preview.matches}</h3>
                <group-matches part="matches"
                  .rows=${matches}
                  @entry-select=${(event: CustomEvent<{ spans: Span[] }>) => this.#select(event.detail.spans)}
                ></group-matches>
              </section>
            `
          : nothing
      }
      ${unmet.length > 0 ? html`<unmet-conditions .unmet=${unmet} @entry-select=${(event: CustomEvent<{ spans: Span[] }>) => this.#select(event.detail.spans)}></unmet-conditions>` : nothing}
    `;
  }

  #claimSentence(resolution: Resolution): TemplateResult {
    const name = claimText(this.claim);
    const { path } = resolution.claim;
    return words().preview.claim(name, path.length > 1 ? path.join(" › ") : undefined, claimState(resolution));
  }

  #roleAndGroups({ role, groups, roleReasons }: Extract<Resolution, { role: string }>): TemplateResult {
    const texts = words().preview;
    return html`
      <div class="answer">
        <section aria-labelledby="role">
          <h3 id="role">${texts.role}</h3>
          <p class="role" part="role">${role}</p>
          <ul class="reasons quiet">
            ${roleReasons.map((reason) => html`<li>${roleReason(reason)}</li>`)}
          </ul>
        </section>
        <section aria-labelledby="groups">
          <h3 id="groups">${texts.groups}</h3>
          ${
            groups.length > 0
              ? html`<ul class="groups" part="groups">
                  ${groups.map((group) => html`<li>${group}</li>`)}
                </ul>`
              : html`<p class="none">${texts.none}</p>`
          }
        </section>
      </div>
    `;
  }
}

const outcomeIcons: Record<Resolution["outcome"], IconName> = {
  resolved: "check",
  "no-match": "dash",
  keep: "pause",
  deny: "cross",
};

declare global {
  interface HTMLElementTagNameMap {
    "group-sync-preview": GroupSyncPreview;
  }
}
