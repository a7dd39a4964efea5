import { type EditorState, type Range, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { type Entry, parseMapping, type Span } from "idp-group-sync";

/** The entries that the engine reads in the text: the colours are its spans, so they show what it understood. */
const entries = StateField.define<Entry[]>({
  create: (state) => parseMapping(state.doc.toString()).entries,
  update: (known, transaction) =>
    transaction.docChanged ? parseMapping(transaction.newDoc.toString()).entries : known,
});

const entryMark = Decoration.mark({ class: "cm-mapping-entry" });
const sourceMark = { name: mark("source"), pattern: mark("source", "pattern") };
const targetMark = { name: mark("target"), capture: mark("target", "capture") };

function mark(...roles: string[]): Decoration {
  return Decoration.mark({ class: roles.map((role) => `cm-mapping-${role}`).join(" ") });
}

function decorate(state: EditorState, visible: readonly { from: number; to: number }[]): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  for (const { source, target, span } of state.field(entries)) {
    if (!visible.some(({ from, to }) => span.start <= to && span.end >= from)) continue;
    const marks: [Decoration, Span][] = [
      [entryMark, span],
      [sourceMark[source.kind], source.span],
      [targetMark[target.kind], target.span],
    ];
    for (const [decoration, { start, end }] of marks) {
      if (start < end) ranges.push(decoration.range(start, end));
    }
  }
  return Decoration.set(ranges, true);
}

const highlighter = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = decorate(view.state, view.visibleRanges);
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) {
        this.decorations = decorate(update.state, update.view.visibleRanges);
      }
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** Colours sources, arrows and targets; what is no entry (comments, separators, mistakes) stays quiet. */
export const mappingHighlighting = [
  entries,
  highlighter,
  EditorView.contentAttributes.of({ class: "cm-mapping-rest" }),
];
