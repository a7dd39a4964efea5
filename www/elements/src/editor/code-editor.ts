import { defaultKeymap, history, historyKeymap, isolateHistory } from "@codemirror/commands";
import { type ChangeSpec, EditorState, type Extension } from "@codemirror/state";
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
  // What lies over the foot of the page must not lie over the cursor.
  EditorView.scrollMargins.of(() => ({ bottom: coveredFoot() })),
  keymap.of([...defaultKeymap, ...historyKeymap]),
  codeEditorTheme,
];

/** How much of the window's foot the page says is covered. */
function coveredFoot(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).scrollPaddingBottom) || 0;
}

/** Puts a text in place of the whole document, unless it is there already. It is a step of its own to undo. */
export function replaceText(view: EditorView, text: string): void {
  const changes = difference(view.state, text);
  if (changes) view.dispatch({ changes, annotations: isolateHistory.of("full") });
}

/** What it takes to come to a text: only the stretch that differs, so that cursors and the scrolling stay where they are. */
export function difference(state: EditorState, text: string): ChangeSpec | undefined {
  const before = state.doc.toString();
  // The document has its own line breaks, whatever those of the text are.
  const after = state.toText(text).toString();
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let from = 0;
  while (from < most && before[from] === after[from]) from++;
  let same = 0;
  while (same < most - from && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}
