import { redo, undo } from "@codemirror/commands";
import { Compartment } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { Catalog, Diagnostic, Fix, ImportFormat, Policy, Span, TextEdit } from "idp-group-sync";
import { html, LitElement, nothing, type PropertyValues } from "lit";
import { property, query, state } from "lit/decorators.js";
import { askExplanation } from "../editor/asked-explanation.js";
import { replaceText } from "../editor/code-editor.js";
import { explainAtCursor, type Told } from "../editor/entry-explanation.js";
import { suggestable } from "../editor/mapping-completion.js";
import { applyFix, showDiagnostics } from "../editor/mapping-diagnostics.js";
import {
  append,
  closeExplanations,
  depths,
  hint,
  type MappingViewOwner,
  openMappingView,
  rewrite,
  select,
  textHistory,
} from "../editor/mapping-view.js";
import { type Notice, noticeText } from "../editor/notice.js";
import { EngineAsker } from "../engine/engine-asker.js";
import type { Converted } from "../engine/imported.js";
import {
  type Checked,
  type Facts,
  type KnownGroups,
  type KnownUsers,
  type MappingDiagnostic,
  type MappingWorkspace,
  nobody,
  noGroups,
  type TargetPlaces,
} from "../engine/questions.js";
import { catalogsOf } from "../engine/workspace-checks.js";
import { followLanguage, words } from "../messages/language.js";
import { convertedText, severityCounts } from "../messages/wording.js";
import { mappingEditor } from "../styles/mapping-editor.js";
import { buttons, embedded, shared } from "../styles/shared.js";
import { tokens } from "../styles/tokens.js";
import { customElement } from "./custom-element.js";
import "./diagnostic-list.js";
import type { EditorAction, EditorForm } from "./mapping-editor-toolbar.js";
import "./mapping-editor-toolbar.js";
import type { MappingTable } from "./mapping-table.js";
import "./mapping-table.js";
import "./rename-form.js";

/**
 * An editor for a group mapping, as text or as a table: colours, mistakes with fixes, completion, explanations. All of
 * them are the engine's.
 *
 * @fires {CustomEvent<{ value: string }>} mapping-change - The text was edited; `detail.value` is the text.
 * @fires {CustomEvent<{ value: string; diagnostics: MappingDiagnostic[] }>} diagnostics-change - The engine has checked the text; `detail.value` is the text, `detail.diagnostics` what it says: of very many, the worst.
 * @cssprop [--editor-height=16rem] - How tall the text area is.
 * @cssprop [--problems-height=24rem] - How tall the list of diagnostics may grow before it scrolls.
 * @csspart toolbar - The buttons above the mapping.
 * @csspart text - The box round the mapping as text.
 * @csspart table - The mapping as a table.
 * @csspart keys - The keys that the text knows, below it.
 * @csspart count - How many problems there are.
 * @csspart problems - The list of diagnostics.
 */
@customElement("group-mapping-editor")
export class GroupMappingEditor extends LitElement {
  static override styles = [tokens, shared, embedded, buttons, mappingEditor];

  /** The mapping text. */
  @property() value = "";
  /** The application's roles and groups: what targets are checked against and completed from. */
  @property({ attribute: false }) catalog: Catalog = { groups: [] };
  /** The policy that the checks assume. */
  @property({ attribute: false }) policy: Policy = {};
  /** Where the mapping holds, if for several workspaces: it is checked against each, in place of `catalog` and `policy`. */
  @property({ attribute: false }) workspaces: readonly MappingWorkspace[] = [];
  /** IdP groups to suggest as sources, for example those of a token, with what they are called. */
  @property({ attribute: false }) idpGroups: KnownGroups = noGroups;
  /** All IdP groups that are known, with what they are called: sources that are none of them are told. None where that is not known. */
  @property({ attribute: false }) knownGroups: KnownGroups = noGroups;
  /** The IdP groups of each user that the application knows: explanations count whom an entry touches. */
  @property({ attribute: false }) knownUsers: KnownUsers = nobody;
  /** What the text area is called, for screen readers; "Group mapping" where it is left out. */
  @property() label: string | undefined;
  /** Whether the mapping is shown as `text` or as a `table`. */
  @property({ reflect: true }) view: EditorForm = "text";

  @state() private history = { undo: 0, redo: 0 };
  @state() private notice: Notice | undefined;
  /** What an entry does, where there is no text that a hover could stand at. */
  @state() private told: Told;
  @state() private renaming: TargetPlaces | undefined;

  @query(".editor") private editorParent!: HTMLElement;
  @query("mapping-table") private table!: MappingTable | null;

  #code: EditorView | undefined;
  #textHistory: unknown;
  /** The text that the code editor holds. */
  #written: string | undefined;
  #checked: Checked & { value: string } = { value: "", diagnostics: [], counts: { error: 0, warning: 0, info: 0 } };
  #language: unknown;
  #facts!: Facts;
  /** The place of the table's row that had the focus last. */
  #rowAt = 0;
  #stopTelling = (): void => {};
  readonly #engine = new EngineAsker();
  readonly #compartments = { suggestable: new Compartment(), label: new Compartment(), placeholder: new Compartment() };

  readonly #owner: MappingViewOwner = {
    explain: (at, told) => this.#explain(at, told),
    edited: (view) => this.#edited(view),
    historyChanged: (depth) => {
      this.history = depth;
    },
    convert: (text, from, converted) => this.#engine.ask("convert", this.#facts, { text, from }, converted),
    converted: (conversion, choose) => (choose ? this.#askForm(conversion, choose) : this.#converted(conversion)),
    rename: () => this.rename(),
    format: () => this.format(),
  };

  constructor() {
    super();
    followLanguage(this);
  }

  /** What the engine said last: of the present text, unless that is very long and was changed just now. */
  get diagnostics(): readonly MappingDiagnostic[] {
    return this.#checked.diagnostics;
  }

  /** What can be undone and redone, as plain JSON. An editor that is given it before it is in the document goes on from there. */
  get textHistory(): unknown {
    return this.#code ? textHistory(this.#code) : this.#textHistory;
  }

  set textHistory(history: unknown) {
    this.#textHistory = history;
  }

  /** Moves the focus into the text, or into the table. */
  override focus(): void {
    if (this.view === "table") this.table?.reveal(this.#rowAt);
    else this.#code?.focus();
  }

  /** Selects places in the text, shows the first of them and moves the focus there; in the table, to the row. */
  selectSpans(spans: readonly Pick<Span, "start" | "end">[]): void {
    const view = this.#code;
    const first = spans[0];
    if (!view || !first) return;
    if (this.view === "table") {
      this.table?.reveal(first.start);
      return;
    }
    select(view, spans, first);
  }

  /** Puts the text into its canonical form, as one step to undo. A text with errors is left as it is. */
  format(): void {
    const texts = words().editor;
    const facts = this.#facts;
    this.#engine.ask("format", facts, undefined, (formatted) => {
      if (!this.#code) return;
      // What was typed meanwhile is to be kept.
      if (facts.mapping !== this.value) void this.updateComplete.then(() => this.format());
      else if (!formatted.ok) this.#say(texts.notFormatted);
      else if (formatted.text === this.value) this.#say(texts.formattedAlready);
      else {
        rewrite(this.#code, formatted.text, "input.format");
        this.#say(texts.formatted, texts.undo);
      }
    });
  }

  /** Asks for a new name of the target at the cursor, for every entry that leads to it. */
  rename(): void {
    const facts = this.#facts;
    const at = this.view === "table" ? this.#rowAt : (this.#code?.state.selection.main.head ?? 0);
    this.#engine.ask("target", facts, { at }, (target) => {
      // Its places are those of an earlier text.
      if (facts.mapping !== this.value) return;
      this.renaming = target;
      if (!target) this.#say(words().editor.noTarget);
    });
  }

  override render() {
    const texts = words().editor;
    const count = severityCounts(this.#checked.counts);
    const busy = this.#outdated ? "true" : "false";
    return html`
      <mapping-editor-toolbar part="toolbar"
        .form=${this.view}
        ?undoable=${this.history.undo > 0}
        ?redoable=${this.history.redo > 0}
        @tool-use=${(event: CustomEvent<{ action: EditorAction }>) => this.#use(event.detail.action)}
        @form-choose=${(event: CustomEvent<{ form: EditorForm }>) => {
          this.view = event.detail.form;
        }}
      ></mapping-editor-toolbar>
      ${
        this.renaming
          ? html`<mapping-rename-form
              .target=${this.renaming}
              @rename=${(event: CustomEvent<{ written: string }>) => this.#rename(event.detail.written)}
              @rename-cancel=${() => this.#closeRenaming()}
            ></mapping-rename-form>`
          : nothing
      }
      <div class="notice" role="status">${noticeText(this.notice, this.told, { undo: () => this.#undoNoticed(), close: () => this.#closeNotice() })}</div>
      <div class="editor" part="text" ?hidden=${this.view === "table"}></div>
      ${
        this.view === "table"
          ? html`<mapping-table part="table"
              .engine=${this.#engine}
              .facts=${this.#facts}
              .idpGroups=${this.idpGroups}
              @table-edit=${(event: CustomEvent<{ edit: TextEdit; value: string }>) => this.#editRow(event.detail)}
              @table-paste=${(event: CustomEvent<{ conversion: Converted }>) => this.#append(event.detail.conversion)}
              @row-focus=${(event: CustomEvent<{ at: number }>) => {
                this.#rowAt = event.detail.at;
              }}
            ></mapping-table>`
          : html`<p class="keys quiet" part="keys">${texts.keys()}</p>`
      }
      <p class="count" part="count" role="status" aria-busy=${busy}>${count || texts.fine}</p>
      <diagnostic-list part="problems"
        fixable
        aria-busy=${busy}
        .diagnostics=${this.diagnostics}
        .counts=${this.#checked.counts}
        @diagnostic-select=${(event: CustomEvent<{ diagnostic: Diagnostic }>) => {
          const { span } = event.detail.diagnostic;
          if (span && !this.#outdated) this.selectSpans([span]);
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
    this.#textHistory = this.textHistory;
    this.#code?.destroy();
    this.#code = undefined;
    this.#engine.close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const checked = (["value", "catalog", "policy", "workspaces", "knownGroups"] as const).some((fact) =>
      changed.has(fact),
    );
    if (checked || changed.has("knownUsers") || changed.has("idpGroups")) {
      const { value: mapping, catalog, policy, workspaces, knownGroups, idpGroups, knownUsers } = this;
      const place = { mapping, claim: "groups", catalog, policy, workspaces, claims: undefined };
      this.#facts = { ...place, knownGroups, idpGroups, knownUsers };
      this.#forgetWhatWasTold();
    }
    if (checked) this.#check();
  }

  protected override firstUpdated(): void {
    this.#open();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const view = this.#code;
    if (!view) return;
    if (this.value !== this.#written) replaceText(view, this.value);
    const { label, placeholder, suggestable: suggested } = this.#compartments;
    if (changed.has("label") || this.#language !== words()) {
      this.#language = words();
      view.dispatch({ effects: [label.reconfigure(this.#named()), placeholder.reconfigure(hint())] });
    }
    if (changed.has("catalog") || changed.has("workspaces") || changed.has("idpGroups")) {
      view.dispatch({ effects: suggested.reconfigure(this.#suggested()) });
    }
  }

  #open(): void {
    const { label, placeholder, suggestable: suggested } = this.#compartments;
    this.#language = words();
    const root = this.renderRoot as ShadowRoot;
    this.#code = openMappingView(this.editorParent, root, this.value, this.#textHistory, this.#owner, {
      suggestable: [suggested, this.#suggested()],
      label: [label, this.#named()],
      placeholder: [placeholder, hint()],
    });
    this.history = depths(this.#code.state);
    replaceText(this.#code, this.value);
    this.#edited(this.#code);
    showDiagnostics(this.#code, this.diagnostics);
  }

  #edited(view: EditorView): void {
    const value = view.state.doc.toString();
    this.#written = value;
    // The editor writes every line break as one, so even a text that was set may come back changed.
    if (value === this.value) return;
    this.value = value;
    // It was about the text before.
    this.#sayNothing();
    this.dispatchEvent(new CustomEvent("mapping-change", { detail: { value }, bubbles: true }));
  }

  #converted(conversion: Converted, undo = words().editor.asPasted): void {
    this.#say(convertedText(conversion), undo);
  }

  /** Which way round what was pasted is meant is for a person to say. */
  #askForm({ choices }: Converted, choose: (from: ImportFormat) => void): void {
    const texts = words().editor;
    this.#say(texts.whichSide);
    const choice = (from: ImportFormat) => ({ label: texts.side(from), choose: () => choose(from) });
    this.notice = { text: texts.whichSide, undo: undefined, choices: choices.map(choice) };
  }

  #explain(at: number, told: (explanation: Told) => void): () => void {
    return askExplanation(this.#engine, () => this.#facts, at, told);
  }

  #check(): void {
    const facts = this.#facts;
    this.#engine.ask("check", facts, undefined, (checked) => {
      const value = facts.mapping;
      this.#checked = { ...checked, value };
      this.requestUpdate();
      if (this.#code && this.#written === value) showDiagnostics(this.#code, checked.diagnostics);
      const { diagnostics } = checked;
      this.dispatchEvent(new CustomEvent("diagnostics-change", { detail: { value, diagnostics }, bubbles: true }));
    });
  }

  #use(action: EditorAction): void {
    const view = this.#code;
    if (!view) return;
    if (action === "undo") undo(view);
    else if (action === "redo") redo(view);
    else if (action === "format") this.format();
    else if (action === "rename") this.rename();
    else if (this.view === "table") this.#tell();
    else {
      view.focus();
      explainAtCursor(view);
    }
  }

  #rename(written: string): void {
    const { spans = [] } = this.renaming ?? {};
    this.#code?.dispatch({
      changes: spans.map(({ start, end }) => ({ from: start, to: end, insert: written })),
      userEvent: "input.rename",
    });
    this.#closeRenaming();
    this.#say(words().editor.renamed(spans.length), words().editor.undo);
  }

  #closeRenaming(): void {
    this.renaming = undefined;
    this.focus();
  }

  #fix(fix: Fix): void {
    if (!this.#code || this.#outdated) return;
    applyFix(this.#code, fix);
    this.focus();
  }

  #say(text: string, undo?: string): void {
    this.#sayNothing();
    this.notice = { text, undo };
  }

  #sayNothing(): void {
    this.#stopTelling();
    this.told = undefined;
    this.notice = undefined;
  }

  /** Whether what the engine said last is about an earlier text. */
  get #outdated(): boolean {
    return this.#checked.value !== this.value;
  }

  /** All of it was about earlier facts. */
  #forgetWhatWasTold(): void {
    this.#stopTelling();
    this.told = undefined;
    this.renaming = undefined;
    if (this.#code) closeExplanations(this.#code);
  }

  /** Explains the table's row that had the focus last. */
  #tell(): void {
    this.#sayNothing();
    this.#stopTelling = this.#explain(this.#rowAt, (told) => {
      if (told) this.told = told;
      else this.#say(words().editor.noEntry);
    });
  }

  #undoNoticed(): void {
    if (this.#code) undo(this.#code);
    this.#closeNotice();
  }

  #closeNotice(): void {
    this.#sayNothing();
    this.focus();
  }

  /** Adds what was pasted into the table. */
  #append(conversion: Converted): void {
    if (!this.#code) return;
    append(this.#code, conversion.text, "input.table");
    this.#converted(conversion, words().editor.undo);
  }

  /** The table was edited; if its text is not the present one any more, its rows are just being made anew. */
  #editRow({ edit, value }: { edit: TextEdit; value: string }): void {
    if (value !== this.value) return;
    const changes = { from: edit.start, to: edit.end, insert: edit.text };
    this.#code?.dispatch({ changes, userEvent: "input.table" });
  }

  readonly #suggested = () => suggestable.of({ catalogs: catalogsOf(this), idpGroups: this.idpGroups });

  readonly #named = () => EditorView.contentAttributes.of({ "aria-label": this.label ?? words().editor.label });
}

declare global {
  interface HTMLElementTagNameMap {
    "group-mapping-editor": GroupMappingEditor;
  }
}
