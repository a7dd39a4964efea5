import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { html, nothing } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { Provider } from "../backend/answers.js";
import { asBackendError } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { providerMessages } from "../messages/providers.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { admin } from "../shared/styles/admin.js";
import { problemNote } from "./problem-note.js";
import "../shared/elements/modal-dialog.js";

/**
 * Says what becomes of a provider's users before it is deleted.
 *
 * @fires provider-deleted
 */
@customElement("delete-provider-dialog")
export class DeleteProviderDialog extends AdminElement {
  static override styles = [shared, admin];

  @state() private provider: Provider | null = null;
  @state() private busy = false;
  @state() private failure: { code: string; message: string; path?: string | undefined } | null = null;

  show(provider: Provider): void {
    Object.assign(this, { provider, failure: null });
  }

  override render() {
    const m = providerMessages();
    const { provider } = this;
    return html`
      <modal-dialog .heading=${provider ? m.deleteTitle(provider.name) : ""} .open=${provider !== null} @dialog-close=${this.#close}>
        ${provider ? html`<p class="note warning">${m.users(provider.users)}. ${m.deleteHint}</p>` : nothing}
        ${problemNote(this.failure)}
        <wa-button slot="actions" size="s" appearance="outlined" @click=${this.#close}>${messages().cancel}</wa-button>
        <wa-button slot="actions" size="s" variant="danger" ?disabled=${this.busy} @click=${this.#delete}>${m.deleteNow}</wa-button>
      </modal-dialog>
    `;
  }

  readonly #close = (): void => {
    this.provider = null;
  };

  readonly #delete = async (): Promise<void> => {
    const { provider } = this;
    if (!provider || this.busy) return;
    this.busy = true;
    try {
      await this.app.backend.providers?.delete(provider.id, { version: provider.version, users: provider.users });
      this.#close();
      this.dispatchEvent(new CustomEvent("provider-deleted", { detail: { name: provider.name } }));
    } catch (error) {
      this.failure = asBackendError(error);
    } finally {
      this.busy = false;
    }
  };
}
