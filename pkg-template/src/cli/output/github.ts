// Workflow commands of GitHub Actions, which show a message at its line of a change.
import type { Severity } from "idp-group-sync";
import type { ReportPlace } from "./report.js";
import { inRepository } from "./repository.js";

const commands = { error: "error", warning: "warning", info: "notice" } as const;

/** One annotation. */
export function annotation(severity: Severity, place: ReportPlace, title: string, message: string): string {
  const { file, ...position } = place;
  const properties = file === undefined ? { title } : { file: inRepository(file), ...position, title };
  const written = Object.entries(properties)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::${commands[severity]} ${written.join(",")}::${escapeData(message)}`;
}

/** That of input with which nothing can be done: a message that begins with the place, where there is one. */
export function inputAnnotation(text: string): string {
  const [, file, line, col, message] = /^(.+?):(\d+):(\d+): (.+)$/s.exec(text) ?? [];
  if (message === undefined) return annotation("error", { file: undefined }, "input", text);
  return annotation("error", { file, line: Number(line), col: Number(col) }, "input", message);
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
