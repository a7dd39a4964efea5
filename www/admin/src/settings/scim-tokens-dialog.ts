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
  @state() private copied = "";
  @state() private failure: { code: string; message: string; path?: string | undefined } | null = null;

  show(provider: Provider): void {
    Object.assign(this, { provider, tokens: [], name: "", secret: "", copied: "", failure: null });
    void this.#ask(async (providers) => {
      this.tokens = await providers.tokens(provider.id);
    });
  }

  override render() {
    const m = providerMessages();
    const { provider } = this;
    return html`
      <modal-dialog .heading=${provider ? m.tokensTitle(provider.name) : ""} .open=${provider !== null} @dialog-close=${this.#close}>
        ${provider ? this.#content(provider) : nothing}
        <wa-button slot="actions" size="s" appearance="outlined" @click=${this.#close}>${messages().peopleView.close}</wa-button>
      </modal-dialog>
    `;
  }

  #content(provider: Provider): TemplateResult {
    const m = providerMessages();
    return html`
      ${
        this.tokens.length === 0
          ? html`<p class="quiet">${m.noTokens}</p>`
          : html`<ul class="rows">${this.tokens.map((token) => this.#token(provider, token))}</ul>`
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
              <div class="row">
                <input class="field" readonly aria-label=${m.token} .value=${this.secret} />
                <wa-button size="s" appearance="outlined" @click=${this.#copy}>${m.copy}</wa-button>
              </div>
              <p class="quiet" role="status">${this.copied}</p>`
      }
      ${problemNote(this.failure)}
    `;
  }

  #token(provider: Provider, { id, name, lastUsedAt, revokedAt }: ScimToken): TemplateResult {
    const m = providerMessages();
    return html`
      <li class="row">
        <span>
          ${name} ${revokedAt ? html`<span class="badge">${m.revoked}</span>` : nothing}<br />
          <span class="quiet">${lastUsedAt ? `${m.lastUsed} ${when(lastUsedAt)}` : m.neverUsed}</span>
        </span>
        ${
          revokedAt
            ? nothing
            : html`<wa-button
                size="s"
                appearance="outlined"
                variant="danger"
                @click=${() =>
                  this.#ask(async (providers) => {
                    this.tokens = await providers.revokeToken(provider.id, id);
                    this.secret = "";
                  })}
                >${m.revoke}<span class="for-screen-readers"> ${name}</span></wa-button
              >`
        }
      </li>
    `;
  }

  #make({ id }: Provider): Promise<void> {
    return this.#ask(async (providers) => {
      this.secret = (await providers.issueToken(id, this.name)).secret;
      this.name = "";
      this.copied = "";
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
    Object.assign(this, { provider: null, secret: "" });
    this.dispatchEvent(new CustomEvent("dialog-close"));
  };

  readonly #copy = async (): Promise<void> => {
    const m = messages().peopleView;
    this.copied = await navigator.clipboard.writeText(this.secret).then(
      () => m.copied,
      () => m.copyByHand,
    );
  };
}
