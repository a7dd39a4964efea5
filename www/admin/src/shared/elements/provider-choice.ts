import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Provider } from "../../backend/answers.js";
import { asBackendError, type BackendError } from "../../backend/backend.js";
import { messages } from "../../messages/language.js";
import { admin, boxless } from "../styles/admin.js";
import { AdminElement } from "./admin-element.js";
import "./failure-note.js";

/**
 * Which identity provider something is about: a menu where there are several. The first one is chosen at first.
 *
 * @fires provider-pick - `detail.provider` is the one that is chosen.
 */
@customElement("provider-choice")
export class ProviderChoice extends AdminElement {
  static override styles = [shared, admin, boxless];

  /** Whether people may sign in there; else, those count too that are tried out before. */
  @property({ type: Boolean }) offered = false;

  @state() private providers: Provider[] = [];
  @state() private failure: BackendError | null = null;

  override render() {
    if (this.failure) return html`<failure-note .failure=${this.failure} @again=${this.#load}></failure-note>`;
    if (this.providers.length < 2) return nothing;
    return html`
      <label>
        <span class="label">${messages().providers.one}</span>
        <select
          class="field"
          @change=${(event: Event) => this.#pick(this.providers[(event.target as HTMLSelectElement).selectedIndex])}
        >
          ${this.providers.map(({ name }) => html`<option>${name}</option>`)}
        </select>
      </label>
    `;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  readonly #load = async (): Promise<void> => {
    try {
      const { providers } = (await this.app.backend.providers?.list()) ?? { providers: [] };
      this.providers = providers.filter(
        ({ enabled, secretsReadable }) => secretsReadable && (enabled || !this.offered),
      );
      this.failure = null;
      this.#pick(this.providers[0]);
    } catch (error) {
      this.failure = asBackendError(error);
    }
  };

  #pick(provider: Provider | undefined): void {
    if (provider) this.dispatchEvent(new CustomEvent("provider-pick", { detail: { provider } }));
  }
}
