import "@awesome.me/webawesome/dist/components/icon/icon.js";
import { json } from "@codemirror/lang-json";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { linter, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Transaction, type TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { codeEditorBasics, replaceText } from "idp-group-sync-elements/internal/editor/code-editor.js";
import { followLanguage, words } from "idp-group-sync-elements/internal/messages/language.js";
import { type ClaimsText, jwtClaims, readClaimsText } from "idp-group-sync-elements/internal/pages/claims-text.js";
import { jsonHighlighting } from "idp-group-sync-elements/internal/styles/code-editor.js";
import { shared } from "idp-group-sync-elements/internal/styles/shared.js";
import { css, html, LitElement, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

/**
 * An editor for a token's claims, as JSON. A JWT that is pasted is decoded on the spot, and goes nowhere.
 *
 * @fires claims-change - The text was edited; `detail.value` is the text.
 * @cssprop [--editor-height=16rem] - How tall the text area is.
 */
@customElement("claims-editor")
export class ClaimsEditor extends LitElement {
  static override styles = [
    shared,
    css`
      .editor {
        height: var(--editor-height, 16rem);
      }

      .status {
        display: flex;
        gap: var(--gs-space-2xs);
        min-height: 3em;
        margin-block-start: var(--gs-space-2xs);
      }

      .status wa-icon {
        flex: none;
        margin-block-start: 0.25em;
      }

      .problem {
        color: var(--gs-error);
      }
    `,
  ];

  /** The claims, as JSON text. */
  @property() value = "";

  @state() private decoded = false;
  @query(".editor") private editorParent!: HTMLElement;

  #view: EditorView | undefined;
  #read: ClaimsText = readClaimsText("");

  constructor() {
    super();
    followLanguage(this);
  }

  override render() {
    return html`
      <div class="editor"></div>
      <div class="status quiet" role="status">${this.#status()}</div>
    `;
  }

  #status() {
    if (!this.#read.ok) {
      const { message, start } = this.#read.problem;
      return html`
        <wa-icon class="problem" name="cross"></wa-icon>
        <p class="problem">
          ${this.value.trim() === "" ? message : html`${message}: ${this.#place(start)}`}.
        </p>
      `;
    }
    return html`
      <wa-icon name="lock"></wa-icon>
      <p>
        ${this.decoded ? words().claims.decoded : words().claims.help}
      </p>
    `;
  }

  #place(offset: number): string {
    const lines = this.value.slice(0, offset).split("\n");
    return words().place(lines.length, (lines.at(-1) ?? "").length + 1);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Back in the document after a move: the editor that left with it is gone.
    if (this.hasUpdated) this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#view?.destroy();
    this.#view = undefined;
  }

  protected override firstUpdated(): void {
    this.#open();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // An update in which nothing changed is one of the language.
    if (changed.has("value") || changed.size === 0) this.#read = readClaimsText(this.value);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const view = this.#view;
    if (!view || !changed.has("value")) return;
    replaceText(view, this.value);
    this.#mark(view);
  }

  #open(): void {
    this.#view = new EditorView({
      parent: this.editorParent,
      root: this.renderRoot as ShadowRoot,
      state: EditorState.create({
        doc: jwtClaims(this.value) ?? this.value,
        extensions: [
          json(),
          syntaxHighlighting(jsonHighlighting),
          bracketMatching(),
          linter(null),
          codeEditorBasics,
          EditorView.contentAttributes.of({ "aria-label": words().claims.label }),
          EditorState.transactionFilter.of(decodePastedJwt),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            this.decoded = update.transactions.some((transaction) => transaction.isUserEvent(DECODED));
            this.#edited(update.view);
          }),
        ],
      }),
    });
    this.#edited(this.#view);
    this.#mark(this.#view);
  }

  #edited(view: EditorView): void {
    const value = view.state.doc.toString();
    // The editor writes every line break as one, so even a text that was set may come back changed.
    if (value === this.value) return;
    this.value = value;
    this.dispatchEvent(new CustomEvent("claims-change", { detail: { value } }));
  }

  /** Underlines what keeps the claims from being read. */
  #mark(view: EditorView): void {
    const read = readClaimsText(view.state.doc.toString());
    const end = view.state.doc.length;
    if (read.ok || end === 0) {
      view.dispatch(setDiagnostics(view.state, []));
      return;
    }
    const { message, start: from, end: to } = read.problem;
    const place = { from: Math.min(from, end), to: Math.min(to, end) };
    view.dispatch(setDiagnostics(view.state, [{ ...place, severity: "error", message }]));
  }
}

const DECODED = "input.decode-jwt";

/** A JWT that arrives whole, pasted, dropped or set, takes the place of everything, as its claims. */
function decodePastedJwt(transaction: Transaction): TransactionSpec | readonly TransactionSpec[] {
  if (!transaction.docChanged || transaction.isUserEvent("undo") || transaction.isUserEvent("redo")) return transaction;
  let claims: string | undefined;
  transaction.changes.iterChanges((_fromA, _toA, _fromB, _toB, inserted) => {
    claims ??= jwtClaims(inserted.toString());
  });
  if (claims === undefined) return transaction;
  return {
    changes: { from: 0, to: transaction.startState.doc.length, insert: claims },
    selection: { anchor: 0 },
    scrollIntoView: true,
    userEvent: DECODED,
  };
}
