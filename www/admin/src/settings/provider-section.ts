import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { Provider, Providers } from "../backend/answers.js";
import { asBackendError, type BackendError } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { providerMessages } from "../messages/providers.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { testAddress } from "../shared/state/test-address.js";
import { admin } from "../shared/styles/admin.js";
import { when } from "../shared/words/when.js";
import type { DeleteProviderDialog } from "./delete-provider-dialog.js";
import type { ProviderDialog } from "./provider-dialog.js";
import type { ScimTokensDialog } from "./scim-tokens-dialog.js";
import "../shared/elements/copy-value.js";
import "../shared/elements/failure-note.js";
import "../shared/elements/load-failure.js";

/** The identity providers of the instance: saved at once, as they are no part of the settings document. */
@customElement("provider-section")
export class ProviderSection extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      li {
        justify-content: space-between;
      }

      .names {
        min-width: 0;
        overflow-wrap: anywhere;
      }

      details {
        flex-basis: 100%;
      }

      dl {
        display: grid;
        gap: var(--wa-space-2xs);
        margin: var(--wa-space-2xs) 0;
      }

      dd {
        margin: 0;
      }
    `,
  ];

  @state() private answer: Providers | null = null;
  @state() private used = new Map<string, string>();
  @state() private failure: BackendError | null = null;
  @state() private done = "";
  /** They come when they are first asked for, as most visits need none. */
  @state() private dialogs: "no" | "yes" | "failed" = "no";

  protected override firstUpdated(): void {
    void this.#load();
  }

  override render() {
    const m = providerMessages();
    return html`
      <section class="card" aria-labelledby="providers">
        <div class="row apart">
          <h2 id="providers" tabindex="-1">${messages().providers.title}</h2>
          ${
            !this.app.readOnly
              ? html`<wa-button size="s" appearance="outlined" @click=${() => this.#edit(null)}>${m.add}</wa-button>`
              : nothing
          }
        </div>
        <p class="quiet lead">${m.hint}</p>
        ${this.answer && !this.answer.keepsSecrets ? html`<p class="note">${m.nokeys}</p>` : nothing}
        ${this.failure ? html`<failure-note .failure=${this.failure} @again=${this.#load}></failure-note>` : nothing}
        <ul class="rows" aria-labelledby="providers">
          ${this.answer?.providers.map((provider) => this.#provider(provider))}
        </ul>
        <p class="quiet" role="status">${this.done}</p>
      </section>
      ${this.#dialogs()}
    `;
  }

  #provider(provider: Provider): TemplateResult {
    const m = providerMessages();
    const { id, name, issuer, fromEnvironment, enabled, users, addresses, secretsReadable } = provider;
    const used = this.used.get(id);
    const named = html`<span class="for-screen-readers"> ${name}</span>`;
    return html`
      <li class="row">
        <div class="names">
          ${name} ${fromEnvironment ? html`<span class="badge">${m.env}</span>` : nothing}
          ${enabled ? nothing : html`<span class="badge doubt">${m.off}</span>`}
          <br /><code class="quiet">${issuer}</code>
          <br /><span class="quiet">${m.users(users)}, ${used ? `${m.lastScim} ${when(used)}` : m.noScim}</span>
          ${secretsReadable ? nothing : html`<p class="note warning">${m.unreadable}</p>`}
        </div>
        <span class="row">
          <wa-button size="s" appearance="outlined" href=${testAddress(provider)}>${m.test}${named}</wa-button>
          ${
            this.app.readOnly
              ? nothing
              : html`<wa-button size="s" appearance="outlined" @click=${() => this.#tokens(provider)}>${m.tokens}${named}</wa-button>`
          }
          ${
            this.app.readOnly || fromEnvironment
              ? nothing
              : html`<wa-button size="s" appearance="outlined" @click=${() => this.#edit(provider)}>${m.change}${named}</wa-button>
                  <wa-button size="s" appearance="outlined" variant="danger" @click=${() => this.#delete(provider)}>${m.delete}${named}</wa-button>`
          }
        </span>
        <details>
          <summary>${m.addresses}${named}</summary>
          <dl>
            ${this.#address(m.redirect, addresses.callback)} ${this.#address(m.backChannel, addresses.backChannelLogout)}
            ${this.#address(m.scim, addresses.scim)}
          </dl>
        </details>
      </li>
    `;
  }

  #address(label: string, value: string): TemplateResult {
    return html`<dt aria-hidden="true">${label}</dt><dd><copy-value .label=${label} .value=${value}></copy-value></dd>`;
  }

  #dialogs(): TemplateResult | typeof nothing {
    if (this.dialogs === "failed") return html`<load-failure></load-failure>`;
    if (this.dialogs === "no") return nothing;
    const m = providerMessages();
    return html`
      <provider-dialog
        .app=${this.app}
        @provider-saved=${(event: CustomEvent<{ name: string }>) => this.#changed(m.saved(event.detail.name))}
      ></provider-dialog>
      <scim-tokens-dialog .app=${this.app} @dialog-close=${this.#load}></scim-tokens-dialog>
      <delete-provider-dialog
        .app=${this.app}
        @provider-deleted=${(event: CustomEvent<{ name: string }>) => {
          this.#changed(m.deleted(event.detail.name));
          this.renderRoot.querySelector<HTMLElement>("h2")?.focus();
        }}
      ></delete-provider-dialog>
    `;
  }

  #changed(done: string): void {
    this.done = done;
    void this.#load();
  }

  async #edit(provider: Provider | null): Promise<void> {
    await this.#loadDialogs();
    this.renderRoot.querySelector<ProviderDialog>("provider-dialog")?.show(provider);
  }

  async #tokens(provider: Provider): Promise<void> {
    await this.#loadDialogs();
    this.renderRoot.querySelector<ScimTokensDialog>("scim-tokens-dialog")?.show(provider);
  }

  async #delete(provider: Provider): Promise<void> {
    await this.#loadDialogs();
    this.renderRoot.querySelector<DeleteProviderDialog>("delete-provider-dialog")?.show(provider);
  }

  async #loadDialogs(): Promise<void> {
    try {
      await Promise.all([
        import("./provider-dialog.js"),
        import("./scim-tokens-dialog.js"),
        import("./delete-provider-dialog.js"),
      ]);
      this.dialogs = "yes";
    } catch {
      this.dialogs = "failed";
    }
    await this.updateComplete;
  }

  readonly #load = async (): Promise<void> => {
    const { providers } = this.app.backend;
    if (!providers) return;
    try {
      this.answer = await providers.list();
      this.failure = null;
      const used = await Promise.all(
        this.answer.providers.map(async ({ id }) => {
          const moments = (await providers.tokens(id)).map(({ lastUsedAt }) => lastUsedAt ?? "");
          return [id, moments.sort().at(-1) ?? ""] as const;
        }),
      );
      this.used = new Map(used);
    } catch (error) {
      this.failure = asBackendError(error);
    }
  };
}
