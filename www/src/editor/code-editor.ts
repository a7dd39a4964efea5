import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { codeEditorTheme } from "../styles/code-editor.js";

/** What both code editors are made of. Tab is left unbound on purpose: it moves on, so the keyboard is never trapped. */
export const codeEditorBasics: Extension = [
  lineNumbers(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSpecialChars(),
  history(),
  drawSelection(),
  EditorState.allowMultipleSelections.of(true),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ tabindex: "0" }),
  keymap.of([...defaultKeymap, ...historyKeymap]),
  codeEditorTheme,
];

/** Puts a text in place of the whole document, unless it is there already. */
export function replaceText(view: EditorView, text: string): void {
  if (view.state.doc.eq(view.state.toText(text))) return;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}
