import type { EditorState, Range } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { type Entry, parseMapping, type Source, type Span } from "idp-group-sync";

const entryMark = Decoration.mark({ class: "cm-mapping-entry" });
const sourceMark = { name: mark("source"), pattern: mark("source", "pattern"), condition: mark("source") };
const excludedMark = mark("source", "excluded");
const targetMark = { name: mark("target"), capture: mark("target", "capture") };

function mark(...roles: string[]): Decoration {
  return Decoration.mark({ class: roles.map((role) => `cm-mapping-${role}`).join(" ") });
}

/** The lines in view, and what the engine reads in them. An entry never reaches past its line, so they can be read alone. */
function entriesInView(view: EditorView): { offset: number; entries: Entry[] } {
  const { doc } = view.state;
  const from = doc.lineAt(view.viewport.from).from;
  const to = doc.lineAt(view.viewport.to).to;
  return { offset: from, entries: parseMapping(doc.sliceString(from, to)).entries };
}

/** The colours are the engine's spans, so they show what it understood. */
function decorate(view: EditorView): DecorationSet {
  const { offset, entries } = entriesInView(view);
  const ranges: Range<Decoration>[] = [];
  for (const { source, target, span } of entries) {
    const marks: [Decoration, Span][] = [
      [entryMark, span],
      ...sourceMarks(source),
      [targetMark[target.kind], target.span],
    ];
    for (const [decoration, { start, end }] of marks) {
      if (start < end) ranges.push(decoration.range(offset + start, offset + end));
    }
  }
  return Decoration.set(ranges, true);
}

/** Each term of a condition has its own colour; what joins them stays quiet. */
function sourceMarks({ kind, span, terms = [] }: Source): [Decoration, Span][] {
  if (terms.length === 0) return [[sourceMark[kind], span]];
  return terms.map((term) => [term.excluded ? excludedMark : sourceMark[term.kind], term.span]);
}

/** In one line this long, reading it anew at each keystroke would be felt. The colours then follow when typing pauses. */
const LONG = 20_000;
const PAUSE = 300;

const highlighter = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    #later: ReturnType<typeof setTimeout> | undefined;
    constructor(view: EditorView) {
      this.decorations = decorate(view);
    }
    update({ view, docChanged, viewportChanged, changes }: ViewUpdate) {
      if (!docChanged && !viewportChanged) return;
      clearTimeout(this.#later);
      if (!isLong(view)) {
        this.decorations = decorate(view);
        return;
      }
      this.decorations = this.decorations.map(changes);
      this.#later = setTimeout(() => {
        this.decorations = decorate(view);
        view.dispatch({});
      }, PAUSE);
    }
    destroy() {
      clearTimeout(this.#later);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function isLong({ state, viewport }: EditorView): boolean {
  return lineEnd(state, viewport.to) - lineStart(state, viewport.from) > LONG;
}

function lineStart({ doc }: EditorState, offset: number): number {
  return doc.lineAt(offset).from;
}

function lineEnd({ doc }: EditorState, offset: number): number {
  return doc.lineAt(offset).to;
}

/** Colours sources, arrows and targets; what is no entry (comments, separators, mistakes) stays quiet. */
export const mappingHighlighting = [highlighter, EditorView.contentAttributes.of({ class: "cm-mapping-rest" })];
