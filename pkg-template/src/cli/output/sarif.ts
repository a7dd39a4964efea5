// SARIF 2.1.0, which code scanning reads.
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { Finding, ReportPlace } from "./report.js";
import { inRepository } from "./repository.js";

/** The package's version; the build puts it here. */
declare const packageVersion: string;

const levels = { error: "error", warning: "warning", info: "note" } as const;

/** One run, with a rule for each code that was found. */
export function sarif(findings: Finding[]): object {
  const codes = [...new Set(findings.map(({ code }) => code))];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "idp-group-sync", version: packageVersion, rules: codes.map((id) => ({ id })) } },
        columnKind: "utf16CodeUnits",
        results: findings.map(({ severity, code, title, message, place }) => ({
          ruleId: code,
          ruleIndex: codes.indexOf(code),
          level: levels[severity],
          message: { text: title === code ? message : `${title}: ${message}` },
          ...locationOf(place),
        })),
      },
    ],
  };
}

function locationOf({ file, line, col, endLine, endColumn }: ReportPlace): object {
  if (file === undefined) return {};
  const region = { startLine: line, startColumn: col, endLine, endColumn };
  const physicalLocation = { artifactLocation: { uri: uriOf(file) }, ...(line !== undefined && { region }) };
  return { locations: [{ physicalLocation }] };
}

function uriOf(file: string): string {
  const path = inRepository(file);
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path.split("/").map(encodeURIComponent).join("/");
}
