import { isolateHistory } from "@codemirror/commands";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { ImportFormat } from "idp-group-sync";
import type { Converted } from "../engine/imported.js";

/** Turns a text of another system into entries, if it can be: at once, or later if it is very long. */
export type Converter = (
  text: string,
  from: ImportFormat | undefined,
  converted: (conversion: Converted | undefined) => void,
) => void;

/** Takes what was made of a paste; with `choose` where it is open how it is meant. */
export type Receiver = (conversion: Converted, choose?: (from: ImportFormat) => void) => void;

/**
 * Turns what is pasted from another system into entries, where an entry could begin. It is first pasted as it is, so that
 * one step of undoing brings it back.
 */
export function pasteConversion(convert: Converter, converted: Receiver): Extension {
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
      const receive = (conversion: Converted | undefined) => {
        answered = true;
        if (!conversion) return;
        if (!raw) paste();
        // What was typed meanwhile is worth more than the conversion.
        else if (view.state.doc !== raw) return;
        if (conversion.entries > 0) {
          replaceRaw(view, from, pasted, conversion.text);
          converted(conversion);
        } else if (conversion.choices.length > 0) {
          converted(conversion, (format) => convert(pasted, format, receive));
        }
      };
      convert(pasted, undefined, receive);
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
