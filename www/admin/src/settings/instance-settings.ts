import type { ClaimOptions, InstanceSettings, Policy } from "idp-group-sync";
import type { MappingWorkspace } from "idp-group-sync-elements";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { noTokens } from "../shared/state/app.js";
import type { Rejection } from "../shared/state/draft.js";
import { admin } from "../shared/styles/admin.js";
import { rejectionText } from "../shared/words/rejections.js";
import "../shared/elements/load-failure.js";
import "./all-workspaces.js";
import "./claim-setting.js";
import "./drawer-button.js";
import "./mapping-setting.js";
import "./policy-setting.js";
import "./scenario-strip.js";
import "./seen-groups.js";

/** What holds for every workspace that does not say otherwise. */
@customElement("instance-settings")
export class InstanceSettingsForm extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      h2 {
        margin-block-end: var(--wa-space-xs);
      }

      .lead:not(:last-child) {
        margin-block-end: var(--wa-space-s);
      }

      .note {
        margin-block-start: var(--wa-space-xs);
      }
    `,
  ];

  @state() private rejection: Rejection | null = null;
  @state() private tokens = noTokens;
  @state() private providerList: "awaited" | "there" | "failed" = "awaited";
  #claim: ClaimOptions | undefined;
  #settings: InstanceSettings | undefined;
  /** Kept while nothing of it changes: the editor checks a text anew for another list. */
  #inheriting: MappingWorkspace[] = [];

  override render() {
    const m = messages().settings;
    const { draft } = this.app;
    const { settings } = draft;
    const claim = draft.attempt("set-claim");
    const mapping = draft.attempt("set-mapping");
    const policy = draft.attempt("set-policy");
    const text = mapping?.command.type === "set-mapping" ? mapping.command.mapping : settings.mapping;
    return html`
      <div class="stack">
        <section class="card" aria-labelledby="claim">
          <h2 id="claim">${messages().claim.title}</h2>
          <claim-setting
            .claim=${claim?.command.type === "set-claim" ? claim.command.claim : settings.claim}
            .app=${this.app}
            .rejection=${claim?.rejection}
            @claim-change=${(event: CustomEvent<{ claim: ClaimOptions }>) => this.app.run({ type: "set-claim", claim: event.detail.claim })}
          ></claim-setting>
        </section>
        <section class="card" aria-labelledby="mapping">
          <div class="row apart">
            <h2 id="mapping">${messages().mapping.title}</h2>
            ${this.app.embedded ? nothing : html`<drawer-button .app=${this.app}></drawer-button>`}
          </div>
          <p class="quiet lead">${messages().mapping.hint}</p>
          <mapping-setting
            ?locked=${this.app.readOnly}
            .value=${text}
            .catalog=${this.app.catalogOf(settings.defaultWorkspace)}
            .policy=${settings.policy}
            .workspaces=${this.#inheriting}
            .tokens=${this.tokens}
            .history=${this.app.histories.of(null)}
            .place=${this.app.place?.scope === null ? this.app.place.span : null}
            @place-shown=${() => {
              this.app.place = null;
            }}
            @mapping-change=${(event: CustomEvent<{ value: string }>) => this.app.run({ type: "set-mapping", mapping: event.detail.value })}
          ></mapping-setting>
          ${this.app.embedded ? nothing : html`<scenario-strip .app=${this.app}></scenario-strip>`}
          <seen-groups .app=${this.app} .mapping=${text} .seen=${this.tokens.seen}></seen-groups>
        </section>
        <section class="card" aria-labelledby="default">
          <h2 id="default">${m.defaultWorkspace}</h2>
          <label class="row">
            <span class="for-screen-readers">${m.defaultWorkspace}</span>
            <select class="field" ?disabled=${this.app.readOnly} @change=${this.#chooseDefault}>
              ${settings.workspaces.map(
                ({ id, enabled }) => html`
                  <option value=${id} ?selected=${id === settings.defaultWorkspace}>
                    ${this.app.nameOf(id)}${enabled ? "" : ` (${m.offBadge})`}
                  </option>
                `,
              )}
            </select>
          </label>
          <p class="quiet lead">${m.defaultWorkspaceHint}</p>
          ${this.rejection ? html`<p class="note error" role="alert">${rejectionText(this.rejection)}</p>` : nothing}
        </section>
        ${this.app.embedded ? nothing : html`<all-workspaces .app=${this.app}></all-workspaces>`}
        ${this.app.embedded ? nothing : this.#providers()}
        <section class="card" aria-labelledby="policy">
          <h2 id="policy">${messages().policies.title}</h2>
          <p class="quiet lead">${messages().policies.hint}</p>
          <policy-setting
            .policy=${policy?.command.type === "set-policy" ? policy.command.policy : settings.policy}
            .rejection=${policy?.rejection}
            ?locked=${this.app.readOnly}
            @policy-change=${(event: CustomEvent<{ policy: Policy }>) => this.app.run({ type: "set-policy", policy: event.detail.policy })}
          ></policy-setting>
        </section>
      </div>
    `;
  }

  /** Their list is loaded where there is a server that has some. */
  #providers(): TemplateResult | typeof nothing {
    if (this.providerList === "failed") return html`<load-failure></load-failure>`;
    if (this.providerList === "there") return html`<provider-section .app=${this.app}></provider-section>`;
    if (this.app.backend.providers) return nothing;
    const m = messages().providers;
    return html`
      <section class="card" aria-labelledby="providers">
        <h2 id="providers">${m.title}</h2>
        <p class="quiet lead">${m.demo}</p>
      </section>
    `;
  }

  protected override firstUpdated(): void {
    if (this.app.embedded || !this.app.backend.providers) return;
    import("./provider-section.js").then(
      () => {
        this.providerList = "there";
      },
      () => {
        this.providerList = "failed";
      },
    );
  }

  protected override willUpdate(): void {
    const { settings } = this.app.draft;
    if (settings !== this.#settings) {
      this.#settings = settings;
      const inheriting = this.app.inheritingMapping(settings);
      if (JSON.stringify(inheriting) !== JSON.stringify(this.#inheriting)) this.#inheriting = inheriting;
    }
    const { claim } = settings;
    if (claim === this.#claim) return;
    this.#claim = claim;
    void this.app.knownTokens(claim).then((tokens) => {
      if (claim === this.#claim) this.tokens = tokens;
    });
  }

  #chooseDefault(event: Event): void {
    const select = event.target as HTMLSelectElement;
    const change = this.app.run({ type: "set-default-workspace", workspace: select.value });
    this.rejection = change.status === "rejected" ? change : null;
    select.value = this.app.draft.settings.defaultWorkspace;
  }
}
