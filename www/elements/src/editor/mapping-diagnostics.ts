import {
  type Diagnostic as EditorDiagnostic,
  linter,
  nextDiagnostic,
  previousDiagnostic,
  setDiagnostics,
} from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import { type EditorView, keymap } from "@codemirror/view";
import type { Diagnostic, Fix } from "idp-group-sync";
import { html, nothing, render } from "lit";
import { helpOf, messageOf, plainSentence, sentence, titleOf } from "../messages/wording.js";

/** Underlines, hover texts and F8 for diagnostics that are put there by {@link showDiagnostics}. */
export const mappingDiagnostics = [
  linter(null),
  keymap.of([
    { key: "F8", run: nextDiagnostic },
    { key: "Shift-F8", run: previousDiagnostic },
  ]),
];

/** A text of nothing but mistakes has as many as lines; past this many marks, nobody looks and typing gets slow. */
const MARKED = 1000;

/** Marks the engine's diagnostics in the text. They must be about the text that the editor holds now. */
export function showDiagnostics(view: EditorView, diagnostics: readonly Diagnostic[]): void {
  view.dispatch(
    setDiagnostics(
      view.state,
      diagnostics.slice(0, MARKED).flatMap((diagnostic) => marker(diagnostic, view.state.doc)),
    ),
  );
}

/** Makes a fix's edits, as one step to undo. */
export function applyFix(view: EditorView, fix: Fix): void {
  view.dispatch({
    changes: fix.edits.map(({ start, end, text }) => ({ from: start, to: end, insert: text })),
    userEvent: "input.fix",
    scrollIntoView: true,
  });
}

function marker(diagnostic: Diagnostic, about: Text): EditorDiagnostic[] {
  const { span, severity, fixes } = diagnostic;
  if (!span) return [];
  return [
    {
      from: span.start,
      to: span.end,
      severity,
      message: plainSentence(messageOf(diagnostic)),
      renderMessage: () => hoverText(diagnostic),
      actions: fixes.map((fix) => ({
        name: plainSentence(titleOf(diagnostic, fix)),
        apply: (view) => {
          // A fix is for the text that was checked; a changed one will be checked anew.
          if (view.state.doc === about) applyFix(view, fix);
        },
      })),
    },
  ];
}

function hoverText(diagnostic: Diagnostic): Node {
  const help = helpOf(diagnostic);
  const block = document.createElement("div");
  render(
    html`<div>${sentence(messageOf(diagnostic))}.</div>${help ? html`<div class="quiet">${sentence(help)}.</div>` : nothing}`,
    block,
  );
  return block;
}
