// The one table at the end of `npm test`.

/** Each result: `{ name, counts, problem, evidence, seconds }`, where `problem` is null for a part that passed. */
export function summary(results) {
  const rows = results.map(({ name, counts, problem, seconds }) => [
    name,
    problem === null ? "ok" : "FAILED",
    countText(counts),
    seconds.toFixed(1),
  ]);
  const failed = results.filter((result) => result.problem !== null);
  const tests = results.flatMap((result) => result.counts).filter((count) => count.unit === "tests");
  const sum = (key) => tests.reduce((total, count) => total + count[key], 0);
  return [
    "",
    // Much of what is printed may be lost by who keeps only the end of it.
    ...failed.filter(({ evidence }) => evidence).map(({ name, evidence }) => `━━ ${name}, what failed:\n${evidence}`),
    ...table(["part", "result", "count", "seconds"], rows),
    "",
    ...failed.map(({ name, problem }) => `${name}: ${problem}`),
    `${results.length - failed.length} of ${results.length} parts passed`,
    `tests: ${sum("passed")} passed, ${sum("failed")} failed`,
  ].join("\n");
}

function countText(counts) {
  if (counts.length === 0) return "–";
  return counts
    .map(({ unit, passed, failed, left }) => `${passed + failed} ${unit}${left ? ` (${left})` : ""}`)
    .join(", ");
}

function table(head, rows) {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
  const line = (row) =>
    row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join("  ");
  return [line(head), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(line)];
}
