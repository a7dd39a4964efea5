import { isolateHistory } from "@codemirror/commands";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { Converted } from "../engine/other-forms.js";

/** Turns a text of another system into entries, if it can be: at once, or later if it is very long. */
export type Converter = (text: string, converted: (conversion: Converted | undefined) => void) => void;

/**
 * Turns what is pasted from another system into entries, where an entry could begin. It is first pasted as it is, so that
 * one step of undoing brings it back.
 */
export function pasteConversion(convert: Converter, converted: (conversion: Converted) => void): Extension {
  return EditorView.domEventHandlers({
    paste: (event, view) => {
      const pasted = event.clipboardData?.getData("text/plain") ?? "";
      if (!isBetweenEntries(view)) return false;
      const { from } = view.state.selection.main;
      let answered = false;
      let raw: EditorView["state"]["doc"] | undefined;
      const paste = () => {
        insertRaw(view, pasted);
        raw = view.state.doc;
      };
      convert(pasted, (conversion) => {
        answered = true;
        if (!conversion || conversion.entries === 0) return;
        if (!raw) paste();
        // What was typed meanwhile is worth more than the conversion.
        else if (view.state.doc !== raw) return;
        replaceRaw(view, from, pasted, conversion.text);
        converted(conversion);
      });
      // What is no other form of a mapping is left to the editor.
      if (answered && !raw) return false;
      event.preventDefault();
      if (!raw) paste();
      return true;
    },
  });
}

function insertRaw(view: EditorView, pasted: string): void {
  const { from, to } = view.state.selection.main;
  const insert = view.state.toText(pasted);
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: "input.paste",
    annotations: isolateHistory.of("full"),
    scrollIntoView: true,
  });
}

function replaceRaw(view: EditorView, from: number, pasted: string, text: string): void {
  view.dispatch({
    changes: { from, to: from + view.state.toText(pasted).length, insert: text },
    selection: { anchor: from + text.length },
    userEvent: "input.convert",
    annotations: isolateHistory.of("full"),
    scrollIntoView: true,
  });
}

/** Whether nothing but white space shares the lines of the selection's ends. */
function isBetweenEntries({ state }: EditorView): boolean {
  const { from, to } = state.selection.main;
  const before = state.sliceDoc(state.doc.lineAt(from).from, from);
  const after = state.sliceDoc(to, state.doc.lineAt(to).to);
  return state.selection.ranges.length === 1 && before.trim() === "" && after.trim() === "";
}
