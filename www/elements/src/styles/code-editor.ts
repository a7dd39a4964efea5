import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** How both code editors look. Colours are design tokens, so a theme switch needs no new editor. */
export const codeEditorTheme = EditorView.theme({
  "&": {
    height: "100%",
    border: "1px solid var(--gs-field-line)",
    borderRadius: "var(--gs-radius-m)",
    background: "var(--gs-field)",
    color: "var(--gs-text)",
    fontSize: "var(--gs-small-size)",
  },
  "&.cm-focused": { outline: "var(--gs-focus)", outlineOffset: "var(--gs-focus-offset)" },
  ".cm-scroller": { fontFamily: "var(--gs-code-font)", lineHeight: "1.65", borderRadius: "inherit" },
  ".cm-content": { padding: "0.5rem 0", caretColor: "var(--gs-text)" },
  ".cm-line": { padding: "0 0.75rem 0 0.5rem" },
  ".cm-cursor": { borderLeftColor: "var(--gs-text)", borderLeftWidth: "2px" },
  ".cm-gutters": { border: "0", background: "none", color: "var(--gs-quiet)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "2.25rem", padding: "0 0.25rem 0 0.5rem" },
  "&.cm-focused .cm-activeLine": { background: "var(--gs-active-line)" },
  ".cm-activeLine, .cm-activeLineGutter": { background: "none" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--gs-text)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    background: "var(--gs-selection)",
  },
  "&.cm-focused .cm-matchingBracket": { background: "var(--gs-selection)" },
  ".cm-placeholder": { color: "var(--gs-quiet)" },

  ".cm-mapping-rest": { color: "var(--gs-quiet)" },
  ".cm-mapping-entry": { color: "var(--gs-arrow)" },
  ".cm-mapping-source": { color: "var(--gs-source)" },
  ".cm-mapping-target": { color: "var(--gs-target)", fontWeight: "600" },
  ".cm-mapping-pattern, .cm-mapping-capture": { color: "var(--gs-pattern)" },
  ".cm-mapping-excluded": { color: "var(--gs-error)" },

  ".cm-lintRange": { backgroundImage: "none", textDecorationSkipInk: "none", textUnderlineOffset: "0.3em" },
  ".cm-lintRange-error": { textDecoration: "underline wavy 1.5px var(--gs-error)" },
  ".cm-lintRange-warning": { textDecoration: "underline wavy 1.5px var(--gs-warning)" },
  ".cm-lintRange-info": { textDecoration: "underline dotted 1.5px var(--gs-info)" },
  ".cm-lintPoint::after": { borderBottomColor: "var(--gs-error)" },

  ".cm-tooltip": {
    maxWidth: "min(30rem, calc(100vw - 2rem))",
    border: "1px solid var(--gs-line)",
    borderRadius: "var(--gs-radius-m)",
    background: "var(--gs-raised)",
    boxShadow: "var(--gs-shadow)",
    color: "var(--gs-text)",
    fontFamily: "inherit",
    overflow: "hidden",
  },
  ".cm-explanation": { padding: "0.5rem 0.75rem", fontSize: "var(--gs-small-size)" },
  ".cm-explanation code": { fontFamily: "var(--gs-code-font)", fontWeight: "600", overflowWrap: "anywhere" },
  ".cm-diagnostic": { padding: "0.5rem 0.75rem", borderLeft: "4px solid var(--gs-info)", whiteSpace: "normal" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--gs-error)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--gs-warning)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--gs-info)" },
  ".cm-diagnosticAction": {
    margin: "0.5rem 0.5rem 0 0",
    padding: "0.25rem 0.6rem",
    borderRadius: "var(--gs-radius-s)",
    background: "var(--gs-loud)",
    color: "var(--gs-on-loud)",
    font: "inherit",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    maxHeight: "14rem",
    fontFamily: "var(--gs-code-font)",
    fontSize: "var(--gs-small-size)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.3rem 0.6rem" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    background: "var(--gs-loud)",
    color: "var(--gs-on-loud)",
  },
  ".cm-completionDetail": { marginLeft: "0.75em", color: "var(--gs-quiet)", fontStyle: "normal" },
  ".cm-tooltip-autocomplete ul li[aria-selected] .cm-completionDetail": { color: "inherit" },
});

/** The colours of JSON. */
export const jsonHighlighting = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--gs-target)" },
  { tag: tags.string, color: "var(--gs-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--gs-number)" },
]);
