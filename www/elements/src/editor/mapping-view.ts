import { closeCompletion } from "@codemirror/autocomplete";
import { historyField, redoDepth, undoDepth } from "@codemirror/commands";
import {
  type Compartment,
  EditorSelection,
  EditorState,
  type EditorStateConfig,
  type Extension,
  Prec,
} from "@codemirror/state";
import { closeHoverTooltips, EditorView, hasHoverTooltips, keymap, placeholder } from "@codemirror/view";
import type { Span } from "idp-group-sync";
import { words } from "../messages/language.js";
import { codeEditorBasics, difference } from "./code-editor.js";
import { type Explainer, entryExplanation, explanationKeys } from "./entry-explanation.js";
import { mappingCompletion } from "./mapping-completion.js";
import { mappingDiagnostics } from "./mapping-diagnostics.js";
import { mappingHighlighting } from "./mapping-highlight.js";
import { type Converter, pasteConversion, type Receiver } from "./paste.js";

/** What the code editor leaves to the element that it stands in. */
export interface MappingViewOwner {
  explain: Explainer;
  edited(view: EditorView): void;
  /** What can be undone or redone has changed. */
  historyChanged(depth: { undo: number; redo: number }): void;
  convert: Converter;
  converted: Receiver;
  rename(): void;
  format(): void;
}

/** What is changed while the editor lives: what may be suggested, and what the text area is called. */
export interface Settings {
  suggestable: [Compartment, Extension];
  label: [Compartment, Extension];
  placeholder: [Compartment, Extension];
}

const kept = { history: historyField };

/** A text with what can be undone and redone in it, as plain JSON. */
export function textHistory(view: EditorView): unknown {
  return view.state.toJSON(kept);
}

/** Goes on where such a history ended; without one, or with one that cannot be read, begins with the text. */
function begin(doc: string, history: unknown, config: EditorStateConfig): EditorState {
  try {
    if (history) return EditorState.fromJSON(history, config, kept);
  } catch {
    // Kept by another version of the editor.
  }
  return EditorState.create({ ...config, doc });
}

/** The code editor for a mapping. */
export function openMappingView(
  parent: HTMLElement,
  root: ShadowRoot,
  doc: string,
  history: unknown,
  owner: MappingViewOwner,
  settings: Settings,
): EditorView {
  return new EditorView({
    parent,
    root,
    state: begin(doc, history, {
      extensions: [
        Prec.high(keymap.of([...explanationKeys, ...keysFor(owner)])),
        mappingDiagnostics,
        mappingCompletion,
        mappingHighlighting,
        entryExplanation(owner.explain),
        pasteConversion(owner.convert, owner.converted),
        codeEditorBasics,
        Object.values(settings).map(([compartment, extension]: [Compartment, Extension]) => compartment.of(extension)),
        EditorView.updateListener.of(({ docChanged, startState, state, view }) => {
          if (docChanged) owner.edited(view);
          const [before, now] = [depths(startState), depths(state)];
          if (before.undo !== now.undo || before.redo !== now.redo) owner.historyChanged(now);
        }),
      ],
    }),
  });
}

/** How much can be undone and redone. */
export function depths(state: EditorState): { undo: number; redo: number } {
  return { undo: undoDepth(state), redo: redoDepth(state) };
}

function keysFor(owner: MappingViewOwner) {
  const run = (action: () => void) => () => {
    action();
    return true;
  };
  return [
    { key: "F2", run: run(() => owner.rename()) },
    { key: "Shift-Alt-f", run: run(() => owner.format()) },
    { key: "Escape", run: closeExplanations },
  ];
}

/** Whether there was one to close. */
export function closeExplanations(view: EditorView): boolean {
  if (!hasHoverTooltips(view.state)) return false;
  view.dispatch({ effects: closeHoverTooltips });
  return true;
}

/** What the empty text area shows. */
export function hint(): Extension {
  return placeholder(words().editor.placeholder);
}

/** Puts a text in place of the whole in answer to a command, and shows the cursor. */
export function rewrite(view: EditorView, text: string, userEvent: string): void {
  view.dispatch({ changes: difference(view.state, text) ?? [], userEvent, scrollIntoView: true });
}

/** Adds lines at the end of the text. */
export function append(view: EditorView, text: string, userEvent: string): void {
  const { doc } = view.state;
  const separator = doc.length === 0 || doc.line(doc.lines).length === 0 ? "" : "\n";
  view.dispatch({ changes: { from: doc.length, insert: separator + text }, userEvent });
}

/** Selects places in the text, brings the first of them into view, and moves the focus there. */
export function select(view: EditorView, spans: readonly Place[], first: Place): void {
  const end = view.state.doc.length;
  const ranges = spans.map((span) => EditorSelection.range(Math.min(span.start, end), Math.min(span.end, end)));
  closeCompletion(view);
  view.dispatch({
    selection: EditorSelection.create(ranges),
    effects: EditorView.scrollIntoView(Math.min(first.start, end), { y: "center" }),
  });
  view.focus();
}

type Place = Pick<Span, "start" | "end">;
