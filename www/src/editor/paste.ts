import { isolateHistory } from "@codemirror/commands";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type Converted, convertOtherForm } from "./other-forms.js";

/**
 * Turns what is pasted from another system into entries, where an entry could begin. It is first pasted as it is, so that
 * one step of undoing brings it back.
 */
export function pasteConversion(converted: (conversion: Converted) => void): Extension {
  return EditorView.domEventHandlers({
    paste: (event, view) => {
      const pasted = event.clipboardData?.getData("text/plain") ?? "";
      if (!isBetweenEntries(view)) return false;
      const conversion = convertOtherForm(pasted);
      if (!conversion || conversion.entries === 0) return false;
      event.preventDefault();
      const { from, to } = view.state.selection.main;
      const raw = view.state.toText(pasted);
      view.dispatch({
        changes: { from, to, insert: raw },
        selection: { anchor: from + raw.length },
        userEvent: "input.paste",
        annotations: isolateHistory.of("full"),
      });
      view.dispatch({
        changes: { from, to: from + raw.length, insert: conversion.text },
        selection: { anchor: from + conversion.text.length },
        userEvent: "input.convert",
        annotations: isolateHistory.of("full"),
        scrollIntoView: true,
      });
      converted(conversion);
      return true;
    },
  });
}

/** Whether nothing but white space shares the lines of the selection's ends. */
function isBetweenEntries({ state }: EditorView): boolean {
  const { from, to } = state.selection.main;
  const before = state.sliceDoc(state.doc.lineAt(from).from, from);
  const after = state.sliceDoc(to, state.doc.lineAt(to).to);
  return state.selection.ranges.length === 1 && before.trim() === "" && after.trim() === "";
}
