import "@awesome.me/webawesome/dist/components/icon/icon.js";
import { json } from "@codemirror/lang-json";
import { bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { linter, setDiagnostics } from "@codemirror/lint";
import { EditorState, type Transaction, type TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { css, html, LitElement, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { type ClaimsText, jwtClaims, readClaimsText } from "../claims-text.js";
import { codeEditorBasics, replaceText } from "../editor/code-editor.js";
import { jsonHighlighting } from "../styles/code-editor.js";
import { shared } from "../styles/shared.js";

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
        gap: var(--wa-space-2xs);
        min-height: 3em;
        margin-block-start: var(--wa-space-2xs);
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

  @state() private read: ClaimsText = readClaimsText("");
  @state() private decoded = false;
  @query(".editor") private editorParent!: HTMLElement;

  #view: EditorView | undefined;

  override render() {
    return html`
      <div class="editor"></div>
      <div class="status quiet" role="status">${this.#status()}</div>
    `;
  }

  #status() {
    if (!this.read.ok) {
      const { message, start } = this.read.problem;
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
        ${
          this.decoded
            ? "JWT decoded in this page. Its signature was not checked, and nothing was sent."
            : "JSON, or paste a whole JWT: it is decoded in this page and never sent anywhere."
        }
      </p>
    `;
  }

  #place(offset: number): string {
    const document = this.#view?.state.doc;
    if (!document) return "";
    const line = document.lineAt(Math.min(offset, document.length));
    return `line ${line.number}, column ${Math.min(offset, line.to) - line.from + 1}`;
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

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("value") && this.#view) replaceText(this.#view, this.value);
  }

  #open(): void {
    this.#view = new EditorView({
      parent: this.editorParent,
      root: this.renderRoot as ShadowRoot,
      state: EditorState.create({
        doc: this.value,
        extensions: [
          json(),
          syntaxHighlighting(jsonHighlighting),
          bracketMatching(),
          linter(null),
          codeEditorBasics,
          EditorView.contentAttributes.of({ "aria-label": "Token: claims as JSON, or a JWT" }),
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
  }

  #edited(view: EditorView): void {
    const value = view.state.doc.toString();
    this.read = readClaimsText(value);
    const problem = this.read.ok || value.trim() === "" ? undefined : this.read.problem;
    view.dispatch(
      setDiagnostics(
        view.state,
        problem
          ? [
              {
                from: Math.min(problem.start, value.length),
                to: Math.min(problem.end, value.length),
                severity: "error",
                message: problem.message,
              },
            ]
          : [],
      ),
    );
    if (value === this.value) return;
    this.value = value;
    this.dispatchEvent(new CustomEvent("claims-change", { detail: { value } }));
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
