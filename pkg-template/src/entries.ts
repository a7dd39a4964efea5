// The entries of a mapping, which the engine gives in numbers: what stands in the text need not cross the boundary again. The
// engine's `entries.rs` says what the numbers are.

import type { Diagnostic, Entry, Source, Span, Term } from "./generated/types.js";

/** What the engine gives for a mapping text. */
export interface Parsed {
  entries: number[];
  /** The sources and targets that stand otherwise in the text than they are, in the order of the entries. */
  names: string[];
  /** The terms of each condition, in the order of the entries; left out where there is none. */
  conditions?: Term[][];
  diagnostics: Diagnostic[];
}

/** The entries of `text`. */
export function entriesOf(text: string, { entries: numbers, names, conditions }: Parsed): Entry[] {
  const entries: Entry[] = [];
  let at = 0;
  const next = (): number => numbers[at++] as number;
  let named = 0;
  let conditioned = 0;
  const nameOf = (span: Span, standsOtherwise: boolean): string =>
    standsOtherwise ? (names[named++] as string) : text.slice(span.start, span.end);
  while (at < numbers.length) {
    const bits = next();
    const from: Span = { start: next(), end: next(), line: next(), column: next() };
    const { start, line, column } = from;
    const to: Span = { start: next(), end: next(), line, column };
    to.column += to.start - start;
    const source: Source = { text: nameOf(from, (bits & 4) !== 0), kind: bits & 1 ? "pattern" : "name", span: from };
    if (bits & 16) {
      source.kind = "condition";
      source.terms = conditions?.[conditioned++] as Term[];
    }
    entries.push({
      source,
      target: { text: nameOf(to, (bits & 8) !== 0), kind: bits & 2 ? "capture" : "name", span: to },
      span: { start, end: to.end, line, column },
    });
  }
  return entries;
}
