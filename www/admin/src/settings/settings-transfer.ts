import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import { messageOf, sentence } from "idp-group-sync-elements/internal/messages/wording.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { messages } from "../messages/language.js";
import { AdminElement } from "../shared/elements/admin-element.js";
import { FILE_NAME } from "../shared/state/command-line.js";
import { address } from "../shared/state/route.js";
import { downloadSettings, type Imported, type Mistake, readImport } from "../shared/state/settings-file.js";
import { admin } from "../shared/styles/admin.js";
import { coded } from "../shared/words/coded.js";
import { rejectionText } from "../shared/words/rejections.js";
import "../shared/elements/modal-dialog.js";

/** Takes the settings out as a file, and reads one as unsaved changes. */
@customElement("settings-transfer")
export class SettingsTransfer extends AdminElement {
  static override styles = [
    shared,
    admin,
    css`
      .row {
        margin-block-start: var(--wa-space-s);
      }

      code {
        overflow-wrap: anywhere;
      }

      input {
        display: none;
      }
    `,
  ];

  /** What the chosen file comes to. */
  @state() private read: Imported | Mistake[] | null = null;
  @query("input") private input!: HTMLInputElement;

  override render() {
    const m = messages().transfer;
    return html`
      <section class="card" aria-labelledby="transfer">
        <h2 id="transfer">${m.title}</h2>
        <p class="quiet lead">${m.hint} <code>npx idp-group-sync test ${FILE_NAME}</code></p>
        ${this.#unsaved ? html`<p class="quiet lead">${m.unsaved}</p>` : nothing}
        <div class="row">
          <wa-button size="s" appearance="outlined" @click=${() => downloadSettings(this.app)}>${m.export}</wa-button>
          <wa-button size="s" appearance="outlined" @click=${() => this.input.click()}>${m.import}</wa-button>
          <input type="file" accept=".json,application/json" aria-label=${m.import} @change=${() => void this.#import()} />
        </div>
      </section>
      ${this.#dialog()}
    `;
  }

  get #unsaved(): boolean {
    return this.app.draft.changed || this.app.scenarios.changed;
  }

  #dialog(): TemplateResult {
    const m = messages().transfer;
    const { read } = this;
    const isRefused = Array.isArray(read);
    return html`
      <modal-dialog .heading=${m.importTitle} .open=${read !== null} @dialog-close=${() => this.#close()}>
        ${isRefused ? this.#mistakes(read) : read ? this.#brings(read) : nothing}
        <wa-button slot="actions" size="s" appearance="outlined" @click=${() => this.#close()}>
          ${isRefused ? m.close : messages().cancel}
        </wa-button>
        ${
          isRefused
            ? nothing
            : html`<wa-button slot="actions" size="s" variant="brand" @click=${() => this.#take()}>${m.take}</wa-button>`
        }
      </modal-dialog>
    `;
  }

  #mistakes(mistakes: Mistake[]): TemplateResult {
    return html`
      <p>${messages().transfer.mistakes(mistakes.length)}</p>
      <ul class="rows">
        ${mistakes.slice(0, 20).map((mistake) => html`<li>${mistakeText(mistake)}</li>`)}
      </ul>
    `;
  }

  #brings({ draft, expectations }: Imported): TemplateResult {
    const m = messages().transfer;
    const expected = expectations.flatMap(({ scenarios, guarantees }) => [...scenarios, ...guarantees]);
    return html`
      <p>${m.brings(draft.commands.length, expected.length)}</p>
      ${this.#unsaved ? html`<p class="note warning">${m.replaces}</p>` : nothing}
      <p class="quiet">${m.nothingSaved}</p>
    `;
  }

  async #import(): Promise<void> {
    const [file] = this.input.files ?? [];
    if (!file) return;
    const text = await file.text();
    // The same file can be chosen once more, when it is mended.
    this.input.value = "";
    this.read = readImport(this.app, text);
  }

  #take(): void {
    const { read } = this;
    this.#close();
    if (!read || Array.isArray(read)) return;
    this.app.takeOver(read);
    location.hash = address("review");
  }

  #close(): void {
    this.read = null;
  }
}

function mistakeText(mistake: Mistake): TemplateResult {
  const m = messages().transfer;
  const at = mistake.place === "" ? nothing : html`<code>${mistake.place}</code>: `;
  if ("workspace" in mistake) return html`${at}${m.noWorkspace(mistake.workspace)}`;
  if ("message" in mistake) return html`${at}<span lang="en">${coded(mistake.message)}.</span>`;
  const errors = mistake.rejection.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return html`${at}${rejectionText(mistake.rejection)}`;
  return html`
    ${errors.slice(0, 5).map(
      (error) => html`
        <p>${at}${error.span ? `${m.line(error.span.line)}: ` : nothing}${sentence(messageOf(error))}.</p>
      `,
    )}
  `;
}
