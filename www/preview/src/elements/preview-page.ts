import "@awesome.me/webawesome/dist/components/input/input.js";
import type WaInput from "@awesome.me/webawesome/dist/components/input/input.js";
import { type Catalog, type ClaimOptions, GroupSyncError, type Policy, readGroups, type Span } from "idp-group-sync";
import type { GroupMappingEditor } from "idp-group-sync-elements/group-mapping-editor";
import { claimText } from "idp-group-sync-elements/internal/claim-fields.js";
import { followLanguage, words } from "idp-group-sync-elements/internal/messages/language.js";
import { withClaimText } from "idp-group-sync-elements/internal/pages/claim-text.js";
import { readClaimsText } from "idp-group-sync-elements/internal/pages/claims-text.js";
import { folds, shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, LitElement, type PropertyValues } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { type Sample, tokenSamples } from "../samples.js";
import "./catalog-editor.js";
import "idp-group-sync-elements/internal/pages/claim-form.js";
import "./claims-editor.js";
import "idp-group-sync-elements/group-sync-preview";
import "idp-group-sync-elements/group-mapping-editor";
import "./policy-form.js";
import "./sample-menu.js";
import "idp-group-sync-elements/internal/pages/theme-toggle.js";

/** The whole page: a mapping on the left; a token, the application and the outcome on the right. */
@customElement("preview-page")
export class PreviewPage extends LitElement {
  static override styles = [
    shared,
    folds,
    css`
      :host {
        max-width: 100rem;
        margin-inline: auto;
        padding-inline: clamp(var(--gs-space-s), 2vw, var(--gs-space-l));
        padding-block-end: 2rem;
      }

      header {
        display: flex;
        gap: var(--gs-space-xs);
        align-items: center;
        padding-block: var(--gs-space-s);
      }

      header h1 {
        display: flex;
        flex: 1;
        gap: var(--gs-space-xs);
        align-items: center;
        min-width: 0;
        margin: 0;
        font-size: 1.125rem;
        font-weight: 600;
        line-height: 1.15;
        hyphens: auto;
        overflow-wrap: anywhere;
      }

      header img {
        width: 1.75rem;
        height: 1.75rem;
      }

      .actions {
        display: flex;
        gap: var(--gs-space-2xs);
      }

      .sample {
        min-height: 3em;
        margin-block-end: var(--gs-space-s);
      }

      .sample strong {
        color: var(--gs-text);
      }

      main {
        display: grid;
        gap: var(--gs-gap);
        align-items: start;
      }

      .trial,
      .inputs {
        display: grid;
        gap: var(--gs-gap);
      }

      .card {
        min-width: 0;
        padding: var(--gs-space-m);
        border: 1px solid var(--gs-line);
        border-radius: var(--gs-radius-l);
        background: var(--gs-card);
      }

      .card > h2 {
        margin-block-end: var(--gs-space-s);
      }

      details {
        margin-block: var(--gs-space-2xs) var(--gs-space-xs);
      }

      details claim-form {
        margin-block-end: var(--gs-space-m);
      }

      .label {
        margin-block-end: var(--gs-space-2xs);
        font-weight: 600;
      }

      @media (min-width: 60rem) {
        main {
          grid-template-columns: minmax(0, 5fr) minmax(0, 7fr);
        }

        .sample {
          min-height: 1.5em;
        }

        .inputs {
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        }

        group-mapping-editor {
          --editor-height: 20rem;
        }

        /* In sight while rows are chosen further down. */
        .settings {
          position: sticky;
          top: var(--gs-space-s);
        }
      }

      footer {
        margin-block-start: var(--gs-space-l);
      }
    `,
  ];

  @state() private sample: Sample | undefined;
  @state() private mapping = "";
  @state() private claim: ClaimOptions = "groups";
  @state() private catalog: Catalog = { groups: [] };
  @state() private policy: Policy = {};
  @state() private claimsText = "";

  @query("group-mapping-editor") private editor!: GroupMappingEditor;

  #claims: object | undefined;
  #idpGroups: string[] = [];

  constructor() {
    super();
    followLanguage(this);
    const first = tokenSamples[0];
    if (first) this.#load(first);
  }

  override render() {
    const texts = messages().page;
    return html`
      <header>
        <h1><img src="./favicon.svg" alt="" /> ${texts.title}</h1>
        <div class="actions">
          <sample-menu @sample-pick=${(event: CustomEvent<{ sample: Sample }>) => this.#load(event.detail.sample)}></sample-menu>
          <theme-toggle></theme-toggle>
        </div>
      </header>
      <p class="sample quiet" role="status">
        ${this.sample ? html`<span lang="en"><strong>${this.sample.title}.</strong> ${this.sample.note}</span>` : ""}
      </p>
      <main>
        <section class="card settings" aria-labelledby="settings">
          <h2 id="settings">${texts.settings}</h2>
          <wa-input
            size="s"
            label=${words().claim.name}
            spellcheck="false"
            autocapitalize="off"
            .value=${claimText(this.claim)}
            @input=${(event: Event) => {
              this.claim = withClaimText(this.claim, (event.target as WaInput).value ?? "");
            }}
          ></wa-input>
          <details>
            <summary>${texts.options}</summary>
            <claim-form
              .claim=${this.claim}
              @claim-change=${(event: CustomEvent<{ claim: ClaimOptions }>) => {
                this.claim = event.detail.claim;
              }}
            ></claim-form>
            <policy-form
              .policy=${this.policy}
              @policy-change=${(event: CustomEvent<{ policy: Policy }>) => {
                this.policy = event.detail.policy;
              }}
            ></policy-form>
          </details>
          <p class="label" aria-hidden="true">${words().editor.label}</p>
          <group-mapping-editor
            .value=${this.mapping}
            .catalog=${this.catalog}
            .policy=${this.policy}
            .idpGroups=${this.#idpGroups}
            @mapping-change=${(event: CustomEvent<{ value: string }>) => {
              this.mapping = event.detail.value;
            }}
          ></group-mapping-editor>
        </section>
        <div class="trial">
          <div class="inputs">
            <section class="card" aria-labelledby="token">
              <h2 id="token">${texts.token}</h2>
              <claims-editor
                .value=${this.claimsText}
                @claims-change=${(event: CustomEvent<{ value: string }>) => {
                  this.claimsText = event.detail.value;
                }}
              ></claims-editor>
            </section>
            <section class="card" aria-labelledby="application">
              <h2 id="application">${texts.application}</h2>
              <catalog-editor
                .catalog=${this.catalog}
                @catalog-change=${(event: CustomEvent<{ catalog: Catalog }>) => {
                  this.catalog = event.detail.catalog;
                }}
              ></catalog-editor>
            </section>
          </div>
          <section class="card" aria-labelledby="outcome">
            <h2 id="outcome">${texts.outcome}</h2>
            <group-sync-preview
              .mapping=${this.mapping}
              .claim=${this.claim}
              .catalog=${this.catalog}
              .policy=${this.policy}
              .claims=${this.#claims}
              @entry-select=${(event: CustomEvent<{ spans: Span[] }>) => this.editor.selectSpans(event.detail.spans)}
            ></group-sync-preview>
          </section>
        </div>
      </main>
      <footer class="quiet">
        ${texts.footer}
      </footer>
    `;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("claimsText") && !changed.has("claim")) return;
    const read = readClaimsText(this.claimsText);
    this.#claims = read.ok ? read.claims : undefined;
    this.#idpGroups = this.#claims ? suggestedGroups(this.#claims, this.claim) : [];
  }

  #load(sample: Sample): void {
    this.sample = sample;
    this.mapping = sample.mapping;
    this.claim = sample.claim;
    this.catalog = sample.catalog;
    this.policy = sample.policy;
    this.claimsText = sample.claims;
  }
}

/** The IdP groups of the token, for the editor to suggest. */
function suggestedGroups(claims: object, claim: ClaimOptions): string[] {
  try {
    return readGroups(claims, claim).groups;
  } catch (error) {
    if (error instanceof GroupSyncError) return [];
    throw error;
  }
}
