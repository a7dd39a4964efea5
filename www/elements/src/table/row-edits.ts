import type { Entry, Source, Span, Target, TextEdit } from "idp-group-sync";
import { captureOf, conditionOf, patternOf, sourceOf, targetOf } from "../engine/names.js";
import type { Row } from "../engine/questions.js";

// What an edit of a table's cell means for the text: which span gets which text. How names are written is the engine's.

export type Side = "source" | "target";

/** What a cell holds: a name; or with `wild`, what may be a pattern, a capture or a condition. */
export interface Cell {
  text: string;
  wild: boolean;
}

/** Whether the signs in a name are ordinary ones, though they would mean something if it were typed anew. */
export function isLiteral({ text, kind }: Pick<Source | Target, "text" | "kind">): boolean {
  // The engine need not be asked about most names.
  return kind === "name" && /[*!&]/.test(text) && (text.includes("*") || conditionOf(text) !== undefined);
}

/** Why a text can't be written as it was typed. */
export type Reason = "name" | "pattern" | "capture";

/** An entry with one side written anew. */
export function rewritten(
  text: string,
  entry: Entry,
  side: Side,
  cell: Cell,
): { ok: true; edit: TextEdit } | { ok: false; reason: Reason } {
  const written =
    side === "source" ? source(cell) : target(text.slice(entry.source.span.start, entry.source.span.end), cell);
  if (written.ok) {
    const { start, end } = entry[side].span;
    return { ok: true, edit: { start, end, text: written.text } };
  }
  return written;
}

/** A further entry, at the end of the text. */
export function newEntry(
  text: string,
  cells: Record<Side, string>,
): { ok: true; edit: TextEdit } | { ok: false; side: Side; reason: Reason } {
  const left = source({ text: cells.source, wild: true });
  if (!left.ok) return { ...left, side: "source" };
  const right = target(left.text, { text: cells.target, wild: true });
  if (!right.ok) return { ...right, side: "target" };
  const separator = text === "" || /[\r\n]$/.test(text) ? "" : "\n";
  const at = text.length;
  return { ok: true, edit: { start: at, end: at, text: `${separator}${left.text} -> ${right.text}` } };
}

/** Takes a place out of the text, with the separator that goes with it: the comma behind or before it, or its line. */
export function removal(text: string, { start, end }: { start: number; end: number }): TextEdit {
  const after = text.slice(end).match(/^[^\S\r\n]*(,[^\S\r\n]*)?/);
  if (after?.[1] !== undefined) return { start, end: end + after[0].length, text: "" };
  const before = text.slice(0, start).match(/,[^\S\r\n]*$/);
  if (before) return { start: start - before[0].length, end, text: "" };
  const line = text.slice(end).match(/^[^\S\r\n]*(\r\n|\r|\n)/);
  if (line) return { start, end: end + line[0].length, text: "" };
  const lineBefore = text.slice(0, start).match(/(\r\n|\r|\n)$/);
  return { start: start - (lineBefore?.[0].length ?? 0), end, text: "" };
}

/** A row whose place has moved with an edit of the text. */
export function movedBy(edit: TextEdit, row: Row): Row {
  if (row.kind === "unread") return { ...row, span: movedSpan(edit, row.span) };
  const { source, target, span } = row.entry;
  return {
    ...row,
    entry: {
      span: movedSpan(edit, span),
      source: { ...source, span: movedSpan(edit, source.span) },
      target: { ...target, span: movedSpan(edit, target.span) },
    },
  };
}

function movedSpan({ start, end, text }: TextEdit, span: Span): Span {
  const by = text.length - (end - start);
  const isBehind = span.start >= end && !(span.start === start && span.end === end);
  return { ...span, start: isBehind ? span.start + by : span.start, end: span.end >= end ? span.end + by : span.end };
}

type Written = { ok: true; text: string } | { ok: false; reason: Reason };

function source({ text, wild }: Cell): Written {
  const condition = wild ? conditionOf(text) : undefined;
  if (condition !== undefined) return { ok: true, text: condition };
  if (wild && text.includes("*")) return written(patternOf(text), "pattern");
  return written(sourceOf(text.trim()) ?? sourceOf(text), "name");
}

function target(source: string, { text, wild }: Cell): Written {
  if (wild && text.includes("*")) return written(captureOf(source, text), "capture");
  return written(targetOf(text.trim()) ?? targetOf(text), "name");
}

function written(text: string | undefined, reason: Reason): Written {
  return text === undefined ? { ok: false, reason } : { ok: true, text };
}
