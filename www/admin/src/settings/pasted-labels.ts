import "@awesome.me/webawesome/dist/components/button/button.js";
import { importMapping, parseMapping } from "idp-group-sync";
import { folds, shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import type { GroupLabelChange } from "../backend/answers.js";
import { asBackendError, type BackendError } from "../backend/backend.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { admin } from "../shared/styles/admin.js";
import "../shared/elements/failure-note.js";

/** Many labels at once, as a directory exports them. */
@customElement("pasted-labels")
export class PastedLabels extends AdminElement {
  static override styles = [
    shared,
    folds,
    admin,
    css`
      form {
        display: grid;
        gap: var(--wa-space-xs);
        justify-items: start;
      }
    `,
  ];

  @state() private said: string | null = null;
  @state() private failure: BackendError | null = null;
  @query("textarea") private field!: HTMLTextAreaElement;

  override render() {
    const m = messages().seen;
    return html`
      <details>
        <summary>${m.manyLabels}</summary>
        <form @submit=${this.#save}>
          <label for="labels" class="quiet">${m.manyLabelsHint}</label>
          <textarea id="labels" class="field" rows="4" spellcheck="false" autocapitalize="off"></textarea>
          <wa-button size="s" appearance="outlined" type="submit">${m.saveLabels}</wa-button>
        </form>
        <p role="status">${this.said ?? nothing}</p>
        ${this.failure ? html`<failure-note .failure=${this.failure}></failure-note>` : nothing}
      </details>
    `;
  }

  async #save(event: Event): Promise<void> {
    event.preventDefault();
    const m = messages().seen;
    this.failure = null;
    const changes = labelsIn(this.field.value);
    if (changes.length === 0) {
      this.said = m.noLabels;
      return;
    }
    try {
      await this.app.label(changes);
      this.field.value = "";
      this.said = m.labelsSaved(changes.length);
    } catch (error) {
      this.said = null;
      this.failure = asBackendError(error);
    }
  }
}

/** The engine reads tables and objects of two columns: here of ids and what they are called. */
function labelsIn(text: string): GroupLabelChange[] {
  const { mapping, choices } = importMapping(text);
  const from = choices.find((choice) => choice === "csv" || choice === "json");
  const { entries } = parseMapping(from ? importMapping(text, { from }).mapping : mapping);
  return entries.map(({ source, target }) => ({ name: source.text, label: target.text }));
}
