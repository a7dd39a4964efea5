import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { Provider, ScimToken } from "../backend/answers.js";
import { asBackendError, type ProviderBackend } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { providerMessages } from "../messages/providers.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { admin } from "../shared/styles/admin.js";
import { when } from "../shared/words/when.js";
import { problemNote } from "./problem-note.js";
import "../shared/elements/copy-value.js";
import "../shared/elements/modal-dialog.js";

/**
 * The tokens of a provider's SCIM client. A new one is shown once.
 *
 * @fires dialog-close
 */
@customElement("scim-tokens-dialog")
export class ScimTokensDialog extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      li {
        justify-content: space-between;
      }
    `,
  ];

  @state() private provider: Provider | null = null;
  @state() private tokens: ScimToken[] = [];
  @state() private name = "";
  @state() private secret = "";
  /** Of which it is asked whether it is to be revoked. */
  @state() private asked: ScimToken | null = null;
  @state() private failure: { code: string; message: string; path?: string | undefined } | null = null;

  show(provider: Provider): void {
    Object.assign(this, { provider, tokens: [], name: "", secret: "", asked: null, failure: null });
    void this.#ask(async (providers) => {
      this.tokens = await providers.tokens(provider.id);
    });
  }

  override render() {
    const m = providerMessages();
    const { provider, asked } = this;
    const heading = asked ? m.revokeTitle(asked.name) : provider ? m.tokensTitle(provider.name) : "";
    return html`
      <modal-dialog .heading=${heading} .open=${provider !== null} @dialog-close=${this.#close}>
        ${provider ? (asked ? this.#question(provider, asked) : this.#content(provider)) : nothing}
        ${
          provider && asked
            ? html`<wa-button slot="actions" size="s" appearance="outlined" @click=${() => this.#show(null)}>${messages().cancel}</wa-button>
                <wa-button slot="actions" size="s" variant="danger" @click=${() => this.#revoke(provider, asked)}>${m.revokeNow}</wa-button>`
            : html`<wa-button slot="actions" size="s" appearance="outlined" @click=${this.#close}>${messages().peopleView.close}</wa-button>`
        }
      </modal-dialog>
    `;
  }

  /** What stops. */
  #question({ name }: Provider, token: ScimToken): TemplateResult {
    const m = providerMessages();
    return html`
      <p class="note warning">${m.revokeHint(name)}</p>
      <p class="quiet">${messages().labelled(token.name)} ${this.#lastUsed(token)}</p>
      ${problemNote(this.failure)}
    `;
  }

  #content(provider: Provider): TemplateResult {
    const m = providerMessages();
    return html`
      ${
        this.tokens.length === 0
          ? html`<p class="quiet">${m.noTokens}</p>`
          : html`<ul class="rows">${this.tokens.map((token) => this.#token(token))}</ul>`
      }
      <form
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.#make(provider);
        }}
      >
        <label>
          <span class="label">${m.tokenName}</span>
          <input
            class="field"
            maxlength="80"
            required
            autocomplete="off"
            .value=${this.name}
            @input=${(event: Event) => {
              this.name = (event.target as HTMLInputElement).value;
            }}
          />
        </label>
      </form>
      <div>
        <wa-button size="s" variant="brand" ?disabled=${this.name.trim() === ""} @click=${() => this.#make(provider)}>${m.make}</wa-button>
      </div>
      ${
        this.secret === ""
          ? nothing
          : html`<p class="note warning" role="status">${m.once}</p>
              <copy-value .label=${m.token} .value=${this.secret}></copy-value>`
      }
      ${problemNote(this.failure)}
    `;
  }

  #token(token: ScimToken): TemplateResult {
    const m = providerMessages();
    const { name, revokedAt } = token;
    return html`
      <li class="row">
        <span>
          ${name} ${revokedAt ? html`<span class="badge">${m.revoked}</span>` : nothing}<br />
          <span class="quiet">${this.#lastUsed(token)}</span>
        </span>
        ${
          revokedAt
            ? nothing
            : html`<wa-button size="s" appearance="outlined" variant="danger" @click=${() => this.#show(token)}
                >${m.revoke}<span class="for-screen-readers"> ${name}</span></wa-button
              >`
        }
      </li>
    `;
  }

  #lastUsed({ lastUsedAt }: ScimToken): string {
    const m = providerMessages();
    return lastUsedAt ? `${m.lastUsed} ${when(lastUsedAt)}` : m.neverUsed;
  }

  /** The question, or the list again. What was focused is gone, so the first answer or field is. */
  async #show(asked: ScimToken | null): Promise<void> {
    Object.assign(this, { asked, failure: null });
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(asked ? "wa-button[slot]" : "input")?.focus();
  }

  async #revoke({ id: provider }: Provider, { id }: ScimToken): Promise<void> {
    await this.#ask(async (providers) => {
      this.tokens = await providers.revokeToken(provider, id);
      this.secret = "";
    });
    if (!this.failure) await this.#show(null);
  }

  #make({ id }: Provider): Promise<void> {
    return this.#ask(async (providers) => {
      this.secret = (await providers.issueToken(id, this.name)).secret;
      this.name = "";
      this.tokens = await providers.tokens(id);
    });
  }

  async #ask(run: (providers: ProviderBackend) => Promise<void>): Promise<void> {
    const { providers } = this.app.backend;
    if (!providers) return;
    try {
      this.failure = null;
      await run(providers);
    } catch (error) {
      this.failure = asBackendError(error);
    }
  }

  /** The secret does not stay in the page. */
  readonly #close = (): void => {
    if (!this.provider) return;
    Object.assign(this, { provider: null, secret: "", asked: null });
    this.dispatchEvent(new CustomEvent("dialog-close"));
  };
}
