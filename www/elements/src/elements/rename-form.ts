import { css, html, LitElement, nothing } from "lit";
import { property, query, state } from "lit/decorators.js";
import { targetOf } from "../engine/names.js";
import type { TargetPlaces } from "../engine/questions.js";
import { followLanguage, words } from "../messages/language.js";
import { buttons, fields, shared } from "../styles/shared.js";
import { customElement } from "./custom-element.js";

/**
 * Asks for the new name of a target.
 *
 * @fires rename - `detail.written` is the new name as it has to stand in the text.
 * @fires rename-cancel - The old name stays.
 */
@customElement("mapping-rename-form")
export class RenameForm extends LitElement {
  static override styles = [
    shared,
    buttons,
    fields,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gs-space-2xs) var(--gs-space-xs);
        align-items: end;
        padding: var(--gs-space-xs) var(--gs-space-s);
        border: 1px solid var(--gs-line);
        border-radius: var(--gs-radius-m);
        background: var(--gs-raised);
      }

      label {
        flex: 1 1 14rem;
        font-size: var(--gs-small-size);
      }

      p {
        flex: 1 0 100%;
        color: var(--gs-error);
        font-size: var(--gs-small-size);
      }
    `,
  ];

  /** The target that is renamed, and where it stands. */
  @property({ attribute: false }) target: TargetPlaces | undefined;

  @state() private refused = false;
  @query("input") private input!: HTMLInputElement;

  constructor() {
    super();
    followLanguage(this);
  }

  override render() {
    if (!this.target) return nothing;
    const { name, spans } = this.target;
    const texts = words().editor;
    return html`
      <form @submit=${this.#submit} @keydown=${this.#escape}>
        <label>
          ${texts.renaming(name)}
          <input
            .value=${name}
            spellcheck="false"
            autocapitalize="off"
            autocomplete="off"
            aria-invalid=${this.refused ? "true" : "false"}
            aria-describedby=${this.refused ? "refusal" : nothing}
          />
        </label>
        <button class="button loud" type="submit">${texts.renameIn(spans.length)}</button>
        <button class="button" type="button" @click=${() => this.dispatchEvent(new CustomEvent("rename-cancel"))}>
          ${texts.cancel}
        </button>
        ${this.refused ? html`<p id="refusal" role="alert">${texts.notAName}</p>` : nothing}
      </form>
    `;
  }

  protected override firstUpdated(): void {
    this.input.focus();
    this.input.select();
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    const written = targetOf(this.input.value);
    this.refused = written === undefined;
    if (written !== undefined) this.dispatchEvent(new CustomEvent("rename", { detail: { written } }));
  }

  #escape(event: KeyboardEvent): void {
    if (event.key === "Escape") this.dispatchEvent(new CustomEvent("rename-cancel"));
  }
}
