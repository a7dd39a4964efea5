import { autocompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import { Facet } from "@codemirror/state";
import type { Catalog, Completion } from "idp-group-sync";
import type { KnownGroups } from "../engine/questions.js";
import { completeInAny } from "../engine/workspace-checks.js";
import { words } from "../messages/language.js";

/** What may be suggested: the application's roles and groups, and the IdP groups seen in a token. */
export interface Suggestable {
  /** Of the application, or of each workspace that the mapping holds for. */
  catalogs: readonly Catalog[];
  idpGroups: KnownGroups;
}

/** Holds what may be suggested now. */
export const suggestable = Facet.define<Suggestable, Suggestable>({
  combine: (values) => values[0] ?? { catalogs: [], idpGroups: [] },
});

function kindName(kind: Completion["kind"]): string {
  return kind === "idp-group" ? words().idpGroup : words()[kind];
}

function complete(context: CompletionContext): CompletionResult | null {
  const { catalogs, idpGroups } = context.state.facet(suggestable);
  // An entry never reaches past its line, so the line alone is completed: soon, however long the text is.
  const { from: lineStart, text } = context.state.doc.lineAt(context.pos);
  let found: Completion[];
  try {
    found = completeInAny(catalogs, text, context.pos - lineStart, idpGroups);
  } catch {
    // The catalog is half typed; the preview says what is wrong with it.
    return null;
  }
  const useful = found.filter(({ edit }) => text.slice(edit.start, edit.end) !== edit.text);
  if (useful.length === 0) return null;
  return {
    from: lineStart + Math.min(...useful.map(({ edit }) => edit.start)),
    // The engine has chosen and ordered them for this very offset.
    filter: false,
    options: useful.map(({ label, kind, detail, edit }) => ({
      label,
      detail: detail?.replaceAll("`", "") ?? kindName(kind),
      apply: (view) =>
        view.dispatch({
          changes: { from: lineStart + edit.start, to: lineStart + edit.end, insert: edit.text },
          selection: { anchor: lineStart + edit.start + edit.text.length },
          userEvent: "input.complete",
          scrollIntoView: true,
        }),
    })),
  };
}

/** The engine's completions as the editor's. */
export const mappingCompletion = autocompletion({ override: [complete], icons: false });
