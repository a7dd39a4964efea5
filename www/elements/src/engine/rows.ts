import type { Entry, Span } from "idp-group-sync";
import type { MappingDiagnostic, Row, Rows, RowsWanted } from "./questions.js";

/** A part of the mapping as rows of a table: its entries, and the lines of which something could not be read. */
export function rowsOf(mapping: string, entries: Entry[], diagnostics: MappingDiagnostic[], wanted: RowsWanted): Rows {
  const placed = diagnostics.filter((diagnostic) => diagnostic.span !== undefined);
  const byEntry = diagnosticsByEntry(entries, placed);
  const entryRows: Row[] = entries.map((entry) => ({
    kind: "entry",
    entry,
    diagnostics: byEntry.get(entry) ?? [],
  }));
  const claimed = new Set([...byEntry.values()].flat());
  const unread = placed.filter((diagnostic) => diagnostic.severity === "error" && !claimed.has(diagnostic));
  const rows = [...entryRows, ...unreadLines(mapping, unread)].toSorted((a, b) => placeOf(a).start - placeOf(b).start);
  const filtered = wanted.filter === "" ? rows : rows.filter((row) => holds(row, wanted.filter.toLowerCase()));
  const first = firstOf(filtered, wanted);
  return { rows: filtered.slice(first, first + wanted.count), first, total: filtered.length };
}

/** The place of a row in the text. */
export function placeOf(row: Row): Span {
  return row.kind === "entry" ? row.entry.span : row.span;
}

/** Both are in the order of the text, and entries do not overlap, so one walk finds each diagnostic's entry. */
function diagnosticsByEntry(entries: Entry[], diagnostics: MappingDiagnostic[]): Map<Entry, MappingDiagnostic[]> {
  const found = new Map<Entry, MappingDiagnostic[]>();
  const inOrder = diagnostics.toSorted((a, b) => startOf(a) - startOf(b));
  let place = 0;
  for (const diagnostic of inOrder) {
    while (place < entries.length && (entries[place]?.span.end ?? 0) < startOf(diagnostic)) place++;
    const entry = entries[place];
    if (!entry || startOf(diagnostic) < entry.span.start || startOf(diagnostic) >= entry.span.end) continue;
    found.set(entry, [...(found.get(entry) ?? []), diagnostic]);
  }
  return found;
}

function startOf({ span }: MappingDiagnostic): number {
  return span?.start ?? 0;
}

/** One row for each line that has something unread, however many mistakes it has. */
function unreadLines(mapping: string, diagnostics: MappingDiagnostic[]): Row[] {
  const byLine = new Map<number, MappingDiagnostic[]>();
  for (const diagnostic of diagnostics) {
    const line = diagnostic.span?.line ?? 0;
    byLine.set(line, [...(byLine.get(line) ?? []), diagnostic]);
  }
  return [...byLine].map(([line, found]) => {
    const { start, end } = lineAround(mapping, startOf(found[0] as MappingDiagnostic));
    return {
      kind: "unread",
      text: mapping.slice(start, end),
      span: { start, end, line, column: 1 },
      diagnostics: found,
    };
  });
}

function lineAround(text: string, at: number): { start: number; end: number } {
  const isBreak = (place: number) => text[place] === "\n" || text[place] === "\r";
  let start = at;
  while (start > 0 && !isBreak(start - 1)) start--;
  let end = at;
  while (end < text.length && !isBreak(end)) end++;
  return { start, end };
}

function holds(row: Row, text: string): boolean {
  const texts = row.kind === "entry" ? [row.entry.source.text, row.entry.target.text] : [row.text];
  return texts.some((name) => name.toLowerCase().includes(text));
}

/** A page begins at a multiple of its length, so that paging back and forth shows the same rows. */
function firstOf(rows: Row[], { first, count, around }: RowsWanted): number {
  const wanted = around === undefined ? first : rows.findIndex((row) => placeOf(row).end >= around);
  const last = Math.max(0, rows.length - 1);
  const within = Math.min(Math.max(0, wanted === -1 ? last : wanted), last);
  return within - (within % count);
}
