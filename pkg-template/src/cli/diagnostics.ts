// Diagnostics as people read them.
import type { Diagnostic, Severity } from "idp-group-sync";
import type { MappingText } from "./configuration.js";
import { fixedLines, frame } from "./frame.js";
import { Lines } from "./lines.js";
import type { Output } from "./terminal.js";
import { visible } from "./visible.js";

/** A diagnostic as compilers write it: what, where, the line with the place marked, and what to do. */
export function humanDiagnostics(diagnostics: Diagnostic[], mapping: MappingText, output: Output): string[] {
  const lines = new Lines(mapping.text);
  return diagnostics.flatMap((diagnostic) => [...humanDiagnostic(diagnostic, mapping, lines, output), ""]);
}

function humanDiagnostic(
  { severity, code, message, span, help, fixes }: Diagnostic,
  mapping: MappingText,
  lines: Lines,
  output: Output,
): string[] {
  const { paint } = output;
  const layout = { margin: String(span?.line ?? "").length, output };
  const indent = " ".repeat(layout.margin);
  const printed = [`${paint(severity, `${severity}[${code}]`)}${paint("strong", `: ${visible(message)}`)}`];
  if (span !== undefined) {
    const place = `${visible(mapping.name)}:${span.line}:${span.column}`;
    printed.push(`${indent}${paint("frame", "-->")} ${place}`, ...frame(lines, span, severity, layout));
  }
  const note = (kind: string, text: string) =>
    `${indent} ${paint("frame", "=")} ${paint("strong", kind)}: ${visible(text)}`;
  if (help !== undefined) printed.push(note("help", help));
  for (const { title, edits } of fixes) printed.push(note("fix", title), ...fixedLines(lines, edits, layout));
  return printed;
}

/** How many diagnostics there are of each severity, as in `1 error, 2 warnings`. */
export function counted(diagnostics: Diagnostic[], { paint }: Output): string {
  const counts = (["error", "warning", "info"] as const).map((severity): [Severity, number] => [
    severity,
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length,
  ]);
  const some = counts.filter(([, count]) => count > 0);
  return some.map(([severity, count]) => paint(severity, plural(count, severity))).join(", ") || "nothing to report";
}

/** A number with what it counts. */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : nouns}`;
}

/** A number with its thousands set apart. */
export function grouped(count: number): string {
  return count.toLocaleString("en-GB");
}
