import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import "@awesome.me/webawesome/dist/components/switch/switch.js";
import type WaSwitch from "@awesome.me/webawesome/dist/components/switch/switch.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { neverSetUp } from "../shared/state/never-set-up.js";
import { address } from "../shared/state/route.js";
import { admin } from "../shared/styles/admin.js";
import type { AddWorkspaceDialog } from "./add-workspace-dialog.js";
import "../shared/elements/load-failure.js";
import "./add-workspace-dialog.js";
import "./instance-settings.js";
import "./settings-transfer.js";
import "./workspace-settings.js";

/**
 * The settings of the instance and of each workspace of the sync list.
 *
 * @slot live - What they do, beside them.
 */
@customElement("settings-view")
export class SettingsView extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .toggle {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wa-space-2xs) var(--wa-space-m);
        align-items: center;
        justify-content: space-between;
      }

      .toggle p {
        flex-basis: 100%;
      }

      wa-switch::part(label) {
        font-weight: var(--wa-font-weight-semibold);
      }

      .scopes {
        display: grid;
        gap: 2px;
        margin-block-end: var(--wa-space-xs);
      }

      .scopes a {
        display: grid;
        gap: var(--wa-space-3xs);
        padding: var(--wa-space-xs) var(--wa-space-s);
        border-radius: var(--wa-border-radius-m);
        color: inherit;
        text-decoration: none;
        overflow-wrap: anywhere;
      }

      .scopes a:hover {
        background: var(--gs-active-line);
      }

      .scopes a[aria-current="page"] {
        background: var(--gs-selection);
        font-weight: var(--wa-font-weight-semibold);
      }

      .scopes .quiet {
        font-weight: var(--wa-font-weight-normal);
      }

      .scopes a[aria-current="page"] .quiet {
        color: inherit;
      }

      /* What it shows lies over the page, so in there it takes no room, and no gap. */
      add-workspace-dialog {
        position: absolute;
      }

      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: var(--gs-gap);
        align-items: start;
      }

      @media (min-width: 60rem) {
        .columns {
          grid-template-columns: 18rem minmax(0, 1fr);
        }

        .list {
          position: sticky;
          top: var(--wa-space-s);
        }
      }

      /* In somebody else's page the room is what the element is given. */
      .columns.embedded {
        grid-template-columns: minmax(0, 1fr);
      }

      @container group-sync-settings (min-width: 48rem) {
        .columns.embedded {
          grid-template-columns: 15rem minmax(0, 1fr);
        }
      }

      @media (min-width: 75rem) {
        .columns:not(.embedded) {
          grid-template-columns: minmax(13.5rem, 2fr) minmax(0, 7fr) minmax(18rem, 4fr);
        }
      }
    `,
  ];

  /** Whether the review stands at the end of the first run. */
  @property({ type: Boolean }) reviewing = false;
  /** Whether the first run's part of the page is there. */
  @state() private firstRun: "no" | "yes" | "failed" = "no";
  @query("add-workspace-dialog") private adding!: AddWorkspaceDialog;

  override render() {
    const m = messages().settings;
    const { enabled } = this.app.draft.settings;
    return html`
      <div class="stack">
        <section class="card toggle" aria-labelledby="title">
          ${
            this.app.embedded
              ? html`<h2 id="title" tabindex="-1">${m.title}</h2>`
              : html`<h1 id="title" tabindex="-1">${m.title}</h1>`
          }
          <wa-switch
            .checked=${enabled}
            ?disabled=${this.app.readOnly}
            @change=${(event: Event) => this.app.run({ type: (event.target as WaSwitch).checked ? "enable" : "disable" })}
            >${m.groupSync}</wa-switch
          >
          <p class="quiet" role="status">${enabled ? m.on : m.off}</p>
        </section>
        ${neverSetUp(this.app) && (!enabled || this.reviewing) ? this.#setUp() : nothing}
        ${this.reviewing ? html`<slot name="review"></slot>` : nothing}
        ${enabled && !(neverSetUp(this.app) && this.reviewing) ? this.#settings() : nothing}
        ${this.app.embedded ? nothing : html`<settings-transfer .app=${this.app}></settings-transfer>`}
      </div>
    `;
  }

  /** It comes by itself, as hardly anybody needs it. */
  #setUp(): TemplateResult | typeof nothing {
    if (this.firstRun === "yes") return html`<first-run .app=${this.app}></first-run>`;
    if (this.firstRun === "failed") return html`<load-failure></load-failure>`;
    import("./first-run.js").then(
      () => {
        this.firstRun = "yes";
      },
      () => {
        this.firstRun = "failed";
      },
    );
    return nothing;
  }

  #settings(): TemplateResult {
    const m = messages().settings;
    const { settings } = this.app.draft;
    const { item } = this.app.route;
    const listed = item !== null && settings.workspaces.some(({ id }) => id === item);
    return html`
      <div class="columns ${this.app.embedded ? "embedded" : ""}">
        <nav class="card list" aria-label=${m.scopes}>
          <ul class="scopes">
            <li>
              <a href=${address("settings")} aria-current=${item === null ? "page" : "false"}>
                ${m.instance}
                <span class="quiet">${m.instanceHint}</span>
              </a>
            </li>
            ${settings.workspaces.map(({ id }) => this.#workspace(id))}
            ${
              this.app.embedded
                ? nothing
                : html`<li>
                    <a href=${address("workspaces")}>
                      ${messages().views.workspaces}
                      <span class="quiet">${m.allWorkspacesHint}</span>
                    </a>
                  </li>`
            }
          </ul>
          ${
            this.app.readOnly
              ? nothing
              : html`<wa-button size="s" appearance="outlined" @click=${() => this.adding.show()}>
                  <wa-icon slot="start" name="plus"></wa-icon>
                  ${m.addWorkspace}
                </wa-button>`
          }
        </nav>
        ${
          item === null
            ? html`<instance-settings .app=${this.app}></instance-settings>`
            : listed
              ? html`<workspace-settings .app=${this.app} .workspace=${item}></workspace-settings>`
              : html`<p class="card">${m.notListed(this.app.nameOf(item))}</p>`
        }
        <slot name="live"></slot>
      </div>
      <add-workspace-dialog .app=${this.app}></add-workspace-dialog>
    `;
  }

  #workspace(id: string): TemplateResult {
    const m = messages().settings;
    const { settings } = this.app.draft;
    const { enabled, ...overrides } = settings.workspaces.find((workspace) => workspace.id === id) ?? {
      enabled: false,
    };
    const own = (["claim", "mapping", "entries", "policy"] as const).filter((field) => field in overrides);
    return html`
      <li>
        <a href=${address("settings", id)} aria-current=${this.app.route.item === id ? "page" : "false"}>
          <span class="row">
            <span>${this.app.nameOf(id)}</span>
            ${id === settings.defaultWorkspace ? html`<span class="badge good">${m.defaultBadge}</span>` : nothing}
            ${enabled ? nothing : html`<span class="badge doubt">${m.offBadge}</span>`}
          </span>
          <span class="quiet">${own.length === 0 ? m.inheritsAll : m.overrides(own)}</span>
        </a>
      </li>
    `;
  }
}
