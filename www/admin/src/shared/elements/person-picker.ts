import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { User } from "../../backend/answers.js";
import { messages } from "../../messages/language.js";
import { admin } from "../styles/admin.js";
import { personName } from "../words/access.js";
import { AdminElement } from "./admin-element.js";

/** Nobody wants a request for each letter. */
const PAUSE = 150;
const SHOWN = 20;

/**
 * Finds a person by name, e-mail address or subject.
 *
 * @fires person-pick - `detail.user` was chosen, or `null` if the choice was taken back.
 */
@customElement("person-picker")
export class PersonPicker extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      :host {
        position: relative;
      }

      input {
        height: 2.25rem;
      }

      ul {
        position: absolute;
        z-index: 5;
        width: 100%;
        max-height: 18rem;
        margin-block-start: 2px;
        padding: 4px;
        border: 1px solid var(--gs-line);
        border-radius: var(--wa-border-radius-m);
        background: var(--wa-color-surface-raised);
        box-shadow: var(--wa-shadow-m);
        overflow-y: auto;
      }

      li {
        padding: 0.3rem 0.6rem;
        border-radius: var(--wa-border-radius-s);
        overflow-wrap: anywhere;
        cursor: pointer;
      }

      li[aria-selected="true"] {
        background: var(--gs-selection);
      }

      li[aria-selected="true"] .quiet {
        color: inherit;
      }
    `,
  ];

  @property() label = "";
  /** Who is chosen. */
  @property({ attribute: false }) user: User | null = null;

  @state() private found: User[] = [];
  @state() private open = false;
  @state() private active = -1;
  @state() private typed: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking: AbortController | undefined;

  override render() {
    const m = messages().people;
    const options = this.open ? this.found : [];
    return html`
      <label class="label" for="search">${this.label}</label>
      <input
        id="search"
        class="field"
        type="text"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        aria-expanded=${this.open ? "true" : "false"}
        aria-controls="found"
        aria-autocomplete="list"
        aria-activedescendant=${this.active >= 0 ? `option-${this.active}` : nothing}
        placeholder=${m.search}
        .value=${this.typed ?? (this.user ? personName(this.user) : "")}
        @input=${this.#type}
        @keydown=${this.#key}
        @focus=${() => this.#ask(this.typed ?? "")}
        @blur=${this.#close}
      />
      <ul id="found" role="listbox" tabindex="-1" aria-label=${m.found} ?hidden=${!this.open}>
        ${options.map(
          (user, index) => html`
            <li
              id="option-${index}"
              role="option"
              aria-selected=${index === this.active ? "true" : "false"}
              @mousedown=${(event: Event) => event.preventDefault()}
              @click=${() => this.#pick(user)}
            >
              ${personName(user)}
              <span class="quiet">
                ${user.email !== null && user.name !== null ? user.email : nothing}
                ${user.email !== null && !user.emailVerified ? messages().page.unverified : nothing}
                ${user.lastSingleSignOn === null ? m.neverSignedIn : nothing}
                ${user.status === "archived" ? m.archived : nothing}
              </span>
            </li>
          `,
        )}
      </ul>
      <p class="for-screen-readers" role="status">${this.open ? m.count(this.found.length) : ""}</p>
    `;
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector("input")?.focus(options);
  }

  #type(event: Event): void {
    this.typed = (event.target as HTMLInputElement).value;
    this.active = -1;
    clearTimeout(this.#timer);
    // An answer to what was typed before would offer whoever fitted that.
    this.#asking?.abort();
    const { typed } = this;
    // Until the answer is there, nobody is offered whom it cannot hold.
    const wanted = typed.toLocaleLowerCase();
    this.found = this.found.filter(({ name, email, subject }) =>
      `${name}\n${email}\n${subject}`.toLocaleLowerCase().includes(wanted),
    );
    this.#timer = setTimeout(() => void this.#ask(typed), PAUSE);
    if (typed === "" && this.user) this.#send(null);
  }

  async #ask(search: string): Promise<void> {
    this.#asking?.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    try {
      const { users } = await this.app.backend.users({ search, limit: SHOWN }, signal);
      if (signal.aborted) return;
      const active = this.found[this.active]?.id;
      this.found = users;
      this.active = users.findIndex(({ id }) => id === active);
      this.open = this.matches(":focus-within");
    } catch {
      // The list stays as it was; the view says it if the server is gone.
    }
  }

  #key(event: KeyboardEvent): void {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!this.open) void this.#ask(this.typed ?? "");
      const { length } = this.found;
      if (length > 0) this.active = (this.active + (key === "ArrowDown" ? 1 : -1) + length) % length;
      void this.updateComplete.then(() =>
        this.renderRoot.querySelector(`#option-${this.active}`)?.scrollIntoView({ block: "nearest" }),
      );
    } else if (key === "Enter" && this.open) {
      event.preventDefault();
      const user = this.found[Math.max(this.active, 0)];
      if (user) this.#pick(user);
    } else if (key === "Escape" && this.open) {
      event.preventDefault();
      this.open = false;
    }
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.open = false;
    this.active = -1;
    // What was typed and not chosen is nobody.
    this.typed = null;
  }

  #pick(user: User): void {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.typed = null;
    this.open = false;
    this.active = -1;
    this.#send(user);
  }

  #send(user: User | null): void {
    this.user = user;
    this.dispatchEvent(new CustomEvent("person-pick", { detail: { user } }));
  }
}
