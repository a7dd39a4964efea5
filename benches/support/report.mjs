// Tables as they are printed and kept in docs/performance.md.

import { cpus } from "node:os";

/** The machine that figures were taken on. */
export function machine() {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim() ?? "unknown processor"}, Node ${process.versions.node}`;
}

/**
 * @param {{ heading: string, note?: string, head: string[], rows: (string | number)[][] }} table
 * @returns {string} the table in Markdown
 */
export function markdown({ heading, note, head, rows }) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const ruler = line(head.map((_, column) => (column === 0 ? "---" : "---:")));
  const parts = [`### ${heading}`];
  if (note !== undefined) parts.push(note);
  parts.push([line(head), ruler, ...rows.map(line)].join("\n"));
  return parts.join("\n\n");
}

/** A time in microseconds, in three figures. */
export function microseconds(time) {
  return figures(time);
}

/** A time in milliseconds, in three figures. */
export function milliseconds(time) {
  return figures(time);
}

/** How many times as much. */
export function times(ratio) {
  return `${ratio >= 10 ? Math.round(ratio).toLocaleString("en-GB") : ratio.toFixed(2)}×`;
}

function figures(value) {
  if (value >= 100) return Math.round(value).toLocaleString("en-GB");
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
