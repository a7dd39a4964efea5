// Workflow commands of GitHub Actions, which show a message at its line of a change.
import { relative, resolve, sep } from "node:path";
import type { Diagnostic, Severity } from "idp-group-sync";
import type { MappingText } from "./configuration.js";
import { visible } from "./visible.js";

/** Where an annotation goes. What is not in a file has no place. */
export interface AnnotationPlace {
  file: string | undefined;
  line?: number | undefined;
  col?: number | undefined;
  endLine?: number | undefined;
  endColumn?: number | undefined;
}

const commands = { error: "error", warning: "warning", info: "notice" } as const;

/** One annotation. */
export function annotation(severity: Severity, place: AnnotationPlace, title: string, message: string): string {
  const { file, ...position } = place;
  const properties = file === undefined ? { title } : { file: inRepository(file), ...position, title };
  const written = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${commands[severity]} ${written.join(",")}::${escapeData(message)}`;
}

/** A diagnostic of a mapping. */
export function diagnosticAnnotation(
  { severity, code, message, span, help }: Diagnostic,
  mapping: MappingText,
): string {
  const place = { file: mapping.file, ...positionOf(span, mapping) };
  return annotation(
    severity,
    place,
    code,
    [message, help]
      .filter(Boolean)
      .map((text) => visible(text ?? ""))
      .join("\n"),
  );
}

function positionOf(span: Diagnostic["span"], { lineInFile }: MappingText) {
  // In the text of a JSON value, lines and columns are not those of the file.
  if (lineInFile !== undefined) return { line: lineInFile };
  if (span === undefined) return {};
  return { line: span.line, col: span.column, endLine: span.line, endColumn: span.column + (span.end - span.start) };
}

/** The path from the root of the repository, which is where annotations are looked up. */
function inRepository(file: string): string {
  const root = process.env.GITHUB_WORKSPACE;
  const path = root === undefined ? file : relative(root, resolve(file));
  return (path.startsWith("..") ? file : path).split(sep).join("/");
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
