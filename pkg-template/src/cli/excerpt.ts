// As much of a long line as fits, round what matters in it.
import { type Cell, cellsOf } from "./visible.js";

/** How far a line is looked at on each side of what matters, which bounds the work for a mapping on one line. */
export const reach = 200;

/** A line as it is printed, and the columns of what matters in it. */
export interface Excerpt {
  line: string;
  /** Columns before what matters. */
  column: number;
  /** Columns of what matters, at least 1. */
  width: number;
}

/** Cuts the line between two offsets of a text down to a number of columns; what matters stands from `start` to `end`. */
export function excerpt(
  text: string,
  [lineStart, lineEnd]: [number, number],
  [start, end]: [number, number],
  columns: number,
): Excerpt {
  const from = boundary(text, Math.max(lineStart, start - reach));
  const to = boundary(text, Math.min(lineEnd, end + reach));
  const cells = cellsOf(text.slice(from, to));
  const before = cells.filter((cell) => cell.end <= start - from);
  const focus = cells.filter((cell) => cell.end > start - from && cell.start < end - from);
  const after = cells.slice(before.length + focus.length);

  const fitsWhole = widthOf(cells) <= columns && from === lineStart && to === lineEnd;
  const room = fitsWhole ? columns : columns - 2;
  const middle = leading(focus, room);
  const left = room - widthOf(middle);
  const ahead = trailing(before, Math.max(Math.floor(left / 2), left - widthOf(after)));
  const behind = middle.length < focus.length ? [] : leading(after, left - widthOf(ahead));

  const isCutBefore = from > lineStart || ahead.length < before.length;
  const isCutAfter = to < lineEnd || middle.length < focus.length || behind.length < after.length;
  const cut = (isCut: boolean) => (isCut ? "…" : "");
  return {
    line: cut(isCutBefore) + textOf([...ahead, ...middle, ...behind]) + cut(isCutAfter),
    column: (isCutBefore ? 1 : 0) + widthOf(ahead),
    width: Math.max(1, widthOf(middle)),
  };
}

/** An offset that does not cut a surrogate pair. */
function boundary(text: string, offset: number): number {
  return (text.codePointAt(offset - 1) ?? 0) > 0xffff ? offset - 1 : offset;
}

/** The first cells that fit. */
function leading(cells: Cell[], columns: number): Cell[] {
  let width = 0;
  const over = cells.findIndex((cell) => {
    width += cell.width;
    return width > columns;
  });
  return over === -1 ? cells : cells.slice(0, over);
}

/** The last cells that fit. */
function trailing(cells: Cell[], columns: number): Cell[] {
  return leading(cells.toReversed(), columns).toReversed();
}

function widthOf(cells: Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}

function textOf(cells: Cell[]): string {
  return cells.map(({ text }) => text).join("");
}
