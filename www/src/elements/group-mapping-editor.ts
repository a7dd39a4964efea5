import { closeCompletion } from "@codemirror/autocomplete";
import { Compartment, EditorSelection, EditorState } from "@codemirror/state";
import { EditorView, placeholder } from "@codemirror/view";
import type { Catalog, Diagnostic, Fix, Policy, Span } from "idp-group-sync";
import { css, html, LitElement, type PropertyValues } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { codeEditorBasics, replaceText } from "../editor/code-editor.js";
import { mappingCompletion, suggestable } from "../editor/mapping-completion.js";
import { applyFix, mappingDiagnostics, showDiagnostics } from "../editor/mapping-diagnostics.js";
import { mappingHighlighting } from "../editor/mapping-highlight.js";
import { EngineAsker } from "../engine/engine-asker.js";
import type { Checked } from "../engine/questions.js";
import { followLanguage, words } from "../messages/language.js";
import { severityCounts } from "../messages/wording.js";
import { embedded, shared } from "../styles/shared.js";
import { tokens } from "../styles/tokens.js";
import "./diagnostic-list.js";

/**
 * An editor for a group mapping: colours, mistakes with fixes, and completion, all of them the engine's.
 *
 * @fires mapping-change - The text was edited; `detail.value` is the text.
 * @fires diagnostics-change - The engine has checked the text; `detail.value` is the text, `detail.diagnostics` what it says.
 * @cssprop [--editor-height=16rem] - How tall the text area is.
 * @cssprop [--problems-height=24rem] - How tall the list of diagnostics may grow before it scrolls.
 */
@customElement("group-mapping-editor")
export class GroupMappingEditor extends LitElement {
  static override styles = [
    tokens,
    shared,
    embedded,
    css`
      .editor {
        height: var(--editor-height, 16rem);
      }

      .keys {
        margin-block-start: var(--gs-space-2xs);
      }

      .count {
        margin-block: var(--gs-space-xs);
        font-weight: 600;
      }

      diagnostic-list {
        max-height: var(--problems-height, 24rem);
        overflow-y: auto;
      }
    `,
  ];

  /** The mapping text. */
  @property() value = "";
  /** The application's roles and groups: what targets are checked against and completed from. */
  @property({ attribute: false }) catalog: Catalog = { groups: [] };
  /** The policy that the checks assume. */
  @property({ attribute: false }) policy: Policy = {};
  /** IdP groups to suggest as sources, for example those of a token. */
  @property({ attribute: false }) idpGroups: string[] = [];
  /** What the text area is called, for screen readers; "Group mapping" where it is left out. */
  @property() label: string | undefined;

  @query(".editor") private editorParent!: HTMLElement;

  #view: EditorView | undefined;
  /** The text that the code editor holds. */
  #written: string | undefined;
  #checked: Checked & { value: string } = { value: "", diagnostics: [], counts: { error: 0, warning: 0, info: 0 } };
  readonly #engine = new EngineAsker();
  readonly #suggestable = new Compartment();
  readonly #label = new Compartment();

  /** What the engine said last: of the present text, unless that is very long and was changed just now. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#checked.diagnostics;
  }

  /** Moves the focus into the text. */
  override focus(): void {
    this.#view?.focus();
  }

  /** Selects places in the text, shows the first of them and moves the focus there. */
  selectSpans(spans: readonly Pick<Span, "start" | "end">[]): void {
    const view = this.#view;
    const first = spans[0];
    if (!view || !first) return;
    const end = view.state.doc.length;
    const ranges = spans.map((span) => EditorSelection.range(Math.min(span.start, end), Math.min(span.end, end)));
    closeCompletion(view);
    view.dispatch({
      selection: EditorSelection.create(ranges),
      effects: EditorView.scrollIntoView(Math.min(first.start, end), { y: "center" }),
    });
    view.focus();
  }

  constructor() {
    super();
    followLanguage(this);
  }

  override render() {
    const texts = words().editor;
    const count = severityCounts(this.#checked.counts);
    return html`
      <div class="editor"></div>
      <p class="keys quiet">${texts.keys()}</p>
      <p class="count" role="status">${count || texts.fine}</p>
      <diagnostic-list
        fixable
        .diagnostics=${this.diagnostics}
        @diagnostic-select=${(event: CustomEvent<{ diagnostic: Diagnostic }>) => {
          const { span } = event.detail.diagnostic;
          if (span) this.selectSpans([span]);
        }}
        @fix-apply=${(event: CustomEvent<{ fix: Fix }>) => this.#fix(event.detail.fix)}
      ></diagnostic-list>
    `;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Back in the document after a move: the editor that left with it is gone.
    if (!this.hasUpdated) return;
    this.#open();
    this.#check();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#view?.destroy();
    this.#view = undefined;
    this.#engine.close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("value") || changed.has("catalog") || changed.has("policy")) this.#check();
  }

  protected override firstUpdated(): void {
    this.#open();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const view = this.#view;
    if (!view) return;
    if (this.value !== this.#written) replaceText(view, this.value);
    if (changed.has("label")) view.dispatch({ effects: this.#label.reconfigure(this.#named()) });
    if (changed.has("catalog") || changed.has("idpGroups")) {
      view.dispatch({ effects: this.#suggestable.reconfigure(this.#suggested()) });
    }
  }

  #open(): void {
    this.#view = new EditorView({
      parent: this.editorParent,
      root: this.renderRoot as ShadowRoot,
      state: EditorState.create({
        doc: this.value,
        extensions: [
          mappingDiagnostics,
          mappingCompletion,
          mappingHighlighting,
          codeEditorBasics,
          placeholder(words().editor.placeholder),
          this.#suggestable.of(this.#suggested()),
          this.#label.of(this.#named()),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) this.#edited(update.view);
          }),
        ],
      }),
    });
    this.#edited(this.#view);
    showDiagnostics(this.#view, this.diagnostics);
  }

  #edited(view: EditorView): void {
    const value = view.state.doc.toString();
    this.#written = value;
    // The editor writes every line break as one, so even a text that was set may come back changed.
    if (value === this.value) return;
    this.value = value;
    this.dispatchEvent(new CustomEvent("mapping-change", { detail: { value } }));
  }

  #check(): void {
    const { value, catalog, policy } = this;
    const facts = { mapping: value, claim: "groups", catalog, policy, claims: undefined };
    this.#engine.ask("check", facts, undefined, (checked) => {
      this.#checked = { ...checked, value };
      this.requestUpdate();
      if (this.#view && this.#written === value) showDiagnostics(this.#view, checked.diagnostics);
      const { diagnostics } = checked;
      this.dispatchEvent(new CustomEvent("diagnostics-change", { detail: { value, diagnostics } }));
    });
  }

  #fix(fix: Fix): void {
    if (!this.#view) return;
    applyFix(this.#view, fix);
    this.#view.focus();
  }

  #suggested() {
    return suggestable.of({ catalog: this.catalog, idpGroups: this.idpGroups });
  }

  #named() {
    return EditorView.contentAttributes.of({ "aria-label": this.label ?? words().editor.label });
  }
}
