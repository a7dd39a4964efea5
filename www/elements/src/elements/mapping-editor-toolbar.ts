import { css, html, LitElement } from "lit";
import { property } from "lit/decorators.js";
import { type IconName, icon } from "../element-icons.js";
import { followLanguage, words } from "../messages/language.js";
import { buttons, shared } from "../styles/shared.js";
import { customElement } from "./custom-element.js";

/** What a toolbar's button asks for. */
export type EditorAction = "undo" | "redo" | "format" | "explain" | "rename";
export type EditorForm = "text" | "table";

/**
 * The tools of the mapping editor: one stop for Tab, in which the arrow keys go on.
 *
 * @fires tool-use - `detail.action` was asked for.
 * @fires form-choose - `detail.form` was asked for.
 */
@customElement("mapping-editor-toolbar")
export class MappingEditorToolbar extends LitElement {
  static override styles = [
    shared,
    buttons,
    css`
      :host {
        container-type: inline-size;
      }

      .tools,
      .forms {
        display: flex;
        flex-wrap: wrap;
        gap: var(--gs-space-2xs);
      }

      .forms {
        flex: 1;
        flex-wrap: nowrap;
        gap: 0;
      }

      .forms .button:first-child {
        border-start-end-radius: 0;
        border-end-end-radius: 0;
      }

      .forms .button:last-child {
        margin-inline-start: -1px;
        border-start-start-radius: 0;
        border-end-start-radius: 0;
      }

      .button {
        min-height: 2rem;
        overflow-wrap: normal;
      }

      .bare {
        padding-inline: 0.5rem;
      }

      @container (max-width: 22rem) {
        .forms .icon {
          display: none;
        }
      }

      @container (max-width: 34rem) {
        .bare .name {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
          white-space: nowrap;
        }
      }
    `,
  ];

  /** Whether the mapping is shown as text or as a table. */
  @property() form: EditorForm = "text";
  @property({ type: Boolean }) undoable = false;
  @property({ type: Boolean }) redoable = false;

  /** Which button Tab leads to. */
  #stop = 0;

  constructor() {
    super();
    followLanguage(this);
  }

  override render() {
    const texts = words().editor;
    return html`
      <div class="tools" role="toolbar" aria-label=${texts.tools} @keydown=${this.#walk} @focusin=${this.#entered}>
        <div class="forms">${this.#form("text", texts.text)}${this.#form("table", texts.table)}</div>
        ${this.#tool("undo", "undo", texts.undo, this.undoable)} ${this.#tool("redo", "redo", texts.redo, this.redoable)}
        ${this.#tool("format", "format", texts.format)} ${this.#tool("explain", "question", texts.explain)}
        ${this.#tool("rename", "pencil", texts.rename)}
      </div>
    `;
  }

  #form(form: EditorForm, name: string) {
    return html`<button
      class="button"
      type="button"
      aria-pressed=${this.form === form ? "true" : "false"}
      @click=${() => this.#send("form-choose", { form })}
    >
      ${icon(form)} ${name}
    </button>`;
  }

  /** A button that can't be used just now can still be walked to, so that it does not vanish from under the cursor. */
  #tool(action: EditorAction, picture: IconName, name: string, usable = true) {
    return html`<button
      class="button bare"
      type="button"
      title=${name}
      aria-disabled=${usable ? "false" : "true"}
      @click=${() => usable && this.#send("tool-use", { action })}
    >
      ${icon(picture)} <span class="name">${name}</span>
    </button>`;
  }

  protected override updated(): void {
    this.#buttons.forEach((button, place) => {
      button.tabIndex = place === this.#stop ? 0 : -1;
    });
  }

  get #buttons(): HTMLButtonElement[] {
    return [...this.renderRoot.querySelectorAll("button")];
  }

  #entered(event: FocusEvent): void {
    this.#stop = this.#buttons.indexOf(event.target as HTMLButtonElement);
    this.requestUpdate();
  }

  #walk(event: KeyboardEvent): void {
    const all = this.#buttons;
    const places: Record<string, number> = {
      ArrowRight: (this.#stop + 1) % all.length,
      ArrowLeft: (this.#stop + all.length - 1) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const place = places[event.key];
    if (place === undefined) return;
    event.preventDefault();
    all[place]?.focus();
  }

  #send(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
