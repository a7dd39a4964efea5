// What was found, for programs that show it: annotations, SARIF or JUnit.
import type { Diagnostic, Severity } from "idp-group-sync";
import type { MappingText } from "../configuration.js";
import type { Format } from "../options.js";
import type { Output } from "../terminal.js";
import { visible } from "../visible.js";
import { annotation } from "./github.js";
import { junit } from "./junit.js";
import { sarif } from "./sarif.js";

/** A file with a line and column, from 1, in UTF-16 code units. What is not in a file has no place. */
export interface ReportPlace {
  file: string | undefined;
  line?: number | undefined;
  col?: number | undefined;
  endLine?: number | undefined;
  endColumn?: number | undefined;
}

/** One thing that was found; nothing in its texts is invisible. */
export interface Finding {
  severity: Severity;
  code: string;
  title: string;
  message: string;
  place: ReportPlace;
  /** Whether the command ends with 1 for it. */
  fails: boolean;
}

/** One thing that was looked at, and what was found about it. */
export interface Case {
  name: string;
  findings: Finding[];
}

export interface Suite {
  name: string;
  file: string | undefined;
  cases: Case[];
}

export const reportFormats = ["github", "sarif", "junit"] as const;

export type ReportFormat = (typeof reportFormats)[number];

export function isReport(format: Format): format is ReportFormat {
  return reportFormats.some((report) => report === format);
}

/** Prints a report; annotations have `summary` behind them, which the other formats have no place for. */
export async function printReport(
  format: ReportFormat,
  suites: Suite[],
  out: Output,
  summary: string[] = [],
): Promise<void> {
  const findings = suites.flatMap(({ cases }) => cases.flatMap((each) => each.findings));
  if (format === "sarif") return out.print([JSON.stringify(sarif(findings), null, 2)]);
  if (format === "junit") return out.print([junit(suites)]);
  const annotations = findings.map(({ severity, place, title, message }) =>
    annotation(severity, place, title, message),
  );
  return out.print([...annotations, ...summary]);
}

/** The diagnostics of a mapping: each is a case of its own, and so is that there are none. */
export function diagnosticsSuite(
  diagnostics: Diagnostic[],
  mapping: MappingText,
  fails: (diagnostic: Diagnostic) => boolean,
): Suite {
  const cases = diagnostics.map((diagnostic) => {
    const { severity, code, message, help, span, fixes } = diagnostic;
    const told = [message, help, ...fixes.map(({ title }) => `fix: ${title}`)];
    const lines = told.flatMap((text) => (text === undefined ? [] : [visible(text)]));
    const place = { file: mapping.file, ...positionOf(span, mapping) };
    const at = span === undefined ? "" : ` at ${span.line}:${span.column}`;
    const finding = { severity, code, title: code, message: lines.join("\n"), place, fails: fails(diagnostic) };
    return { name: `${code}${at}`, findings: [finding] };
  });
  const name = visible(mapping.name);
  const { file } = mapping;
  return { name, file, cases: cases.length > 0 ? cases : [{ name: "nothing to report", findings: [] }] };
}

function positionOf(span: Diagnostic["span"], { lineInFile }: MappingText) {
  // In the text of a JSON value, lines and columns are not those of the file.
  if (lineInFile !== undefined) return { line: lineInFile };
  if (span === undefined) return {};
  return { line: span.line, col: span.column, endLine: span.line, endColumn: span.column + (span.end - span.start) };
}
