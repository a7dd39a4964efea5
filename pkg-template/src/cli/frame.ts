// The lines of source that a diagnostic is about, as compilers show them.
import type { Severity, Span, TextEdit } from "idp-group-sync";
import { excerpt, reach } from "./excerpt.js";
import { type Lines, splitLines } from "./lines.js";
import type { Output } from "./terminal.js";

/** How a frame is laid out: the columns that line numbers take, and where it is printed. */
export interface Layout {
  margin: number;
  output: Output;
}

/** The line that a span begins on, with carets under the span. */
export function frame(lines: Lines, span: Span, severity: Severity, { margin, output }: Layout): string[] {
  const line: [number, number] = [lines.startOf(span.line), lines.endOf(span.line)];
  const shown = excerpt(lines.text, line, [span.start, Math.min(span.end, line[1])], output.columns - margin - 3);
  const bar = output.paint("frame", `${" ".repeat(margin)} |`);
  return [
    bar,
    `${output.paint("frame", `${String(span.line).padStart(margin)} |`)} ${shown.line}`,
    `${bar} ${" ".repeat(shown.column)}${output.paint(severity, "^".repeat(shown.width))}`,
  ];
}

/** What the edits of a fix make of the lines that they touch: `+` what will be there, `-` what will not. */
export function fixedLines(lines: Lines, edits: TextEdit[], { margin, output }: Layout): string[] {
  const [first, last] = [edits[0], edits.at(-1)];
  if (first === undefined || last === undefined) return [];
  const firstLine = lines.lineOf(first.start);
  // Of a long line, no more than an excerpt can show and one character, so that it counts as cut.
  const start = Math.max(lines.startOf(firstLine), first.start - reach - 1);
  const end = Math.min(lines.endOf(lines.lineOf(last.end)), last.end + reach + 1);
  const columns = output.columns - margin - 3;
  const numbered = (line: number, sign: "+" | "-", text: string) =>
    `${output.paint("frame", String(line).padStart(margin))} ${output.paint(sign === "+" ? "good" : "bad", `${sign} ${text}`)}`;

  const before = splitLines(lines.text.slice(start, end));
  const fixed = applied(lines.text.slice(start, end), start, edits);
  const after = splitLines(fixed);
  if (before.length === 1 && after.length === 1 && fixed.trim() !== "") {
    const focus: [number, number] = [first.start - start, fixed.length - (end - last.end)];
    return [numbered(firstLine, "+", excerpt(fixed, [0, fixed.length], focus, columns).line)];
  }
  while (after.length > 0 && after.at(-1) === before.at(-1)) {
    before.pop();
    after.pop();
  }
  const whole = (line: string) => excerpt(line, [0, line.length], [0, 0], columns).line;
  return [
    ...before.map((line, index) => numbered(firstLine + index, "-", whole(line))),
    ...after.filter((line) => line.trim() !== "").map((line, index) => numbered(firstLine + index, "+", whole(line))),
  ];
}

/** A part of the text after all edits; `start` is where in the text the part begins. */
function applied(part: string, start: number, edits: TextEdit[]): string {
  return edits
    .toReversed()
    .reduce((text, edit) => text.slice(0, edit.start - start) + edit.text + text.slice(edit.end - start), part);
}
