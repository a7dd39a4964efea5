import "@awesome.me/webawesome/dist/components/button/button.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { SpokenElement } from "../shared/elements/spoken-element.js";
import { admin } from "../shared/styles/admin.js";
import { commandName, commands } from "./commands.js";
import { keyCaps } from "./key-caps.js";
import { shortcuts, singleKeys, switchSingleKeys } from "./shortcuts.js";
import "../shared/elements/modal-dialog.js";

/** The keys of the mapping's editor, which has its own. */
const editorKeys = {
  complete: ["Ctrl+Space"],
  explain: ["Mod+i"],
  nextProblem: ["F8"],
  rename: ["F2"],
  format: ["Shift+Alt+f"],
  undo: ["Mod+z"],
  leave: ["Tab"],
} satisfies Record<string, string[]>;

/** Every shortcut of the page, and the switch for those without Ctrl or Cmd. */
@customElement("keyboard-map")
export class KeyboardMap extends SpokenElement {
  static override styles = [
    shared,
    admin,
    css`
      dl {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--wa-space-2xs) var(--wa-space-m);
        margin-block-start: var(--wa-space-2xs);
      }

      dd {
        text-align: end;
        white-space: nowrap;
      }

      .row {
        flex-wrap: nowrap;
        align-items: start;
      }

      input {
        margin-block-start: 0.25rem;
      }
    `,
  ];

  @state() private open = false;

  show(): void {
    this.open = true;
  }

  override render() {
    const m = messages().keyboard;
    const [single, sequences] = [false, true].map((isView) =>
      shortcuts.filter(({ command }) => commands.some((one) => one.name === command && one.isView === isView)),
    );
    const close = () => {
      this.open = false;
    };
    const list = (of: typeof shortcuts = []) => of.map(({ keys, command }) => [commandName(command), keys] as const);
    return html`
      <modal-dialog .heading=${m.title} .open=${this.open} @dialog-close=${close}>
        <label class="row">
          <input type="checkbox" .checked=${singleKeys()} @change=${this.#switch} />
          <span>${m.single}<br /><span class="quiet">${m.singleHint}</span></span>
        </label>
        ${this.#section(m.page, list(single))} ${this.#section(m.views, list(sequences))}
        ${this.#section(
          m.editor,
          (Object.keys(editorKeys) as (keyof typeof editorKeys)[]).map((name) => [m.inEditor[name], editorKeys[name]]),
        )}
        <wa-button slot="actions" size="s" appearance="outlined" @click=${close}>${m.close}</wa-button>
      </modal-dialog>
    `;
  }

  #section(title: string, rows: (readonly [what: string, keys: readonly string[]])[]): TemplateResult {
    return html`
      <section>
        <h3>${title}</h3>
        <dl>
          ${rows.map(
            ([what, keys]) => html`
              <dt>${what}</dt>
              <dd>${keyCaps(keys)}</dd>
            `,
          )}
        </dl>
      </section>
    `;
  }

  #switch(event: Event): void {
    switchSingleKeys((event.target as HTMLInputElement).checked);
  }
}
