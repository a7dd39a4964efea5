// JUnit XML, which the test reports of build servers read.

import type { Case, Finding, Suite } from "./report.js";
import { inRepository } from "./repository.js";

/** A suite for each, in which what does not fail is told as output. */
export function junit(suites: Suite[]): string {
  const all = suites.flatMap(({ cases }) => cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: "idp-group-sync", ...counts(all) })}>`,
    ...suites.flatMap(({ name, file, cases }) => [
      `  <testsuite${attributes({ name, ...counts(cases), file: file === undefined ? file : inRepository(file) })}>`,
      ...cases.flatMap((each) => caseLines(name, each)),
      "  </testsuite>",
    ]),
    "</testsuites>",
  ].join("\n");
}

function counts(cases: Case[]): Record<string, string> {
  const failures = cases.filter(({ findings }) => findings.some(({ fails }) => fails)).length;
  return { tests: String(cases.length), failures: String(failures), errors: "0" };
}

function caseLines(suite: string, { name, findings }: Case): string[] {
  const start = `    <testcase${attributes({ name, classname: suite })}`;
  if (findings.length === 0) return [`${start}/>`];
  return [`${start}>`, ...findings.map(findingLine), "    </testcase>"];
}

function findingLine({ code, severity, message, place: { file, line, col }, fails }: Finding): string {
  const [first = ""] = message.split("\n");
  const at = file === undefined ? [] : [[inRepository(file), line, col].filter((part) => part !== undefined).join(":")];
  const text = [...at, message].join("\n");
  if (!fails) return `      <system-out>${escaped(`${severity}: ${text}`)}</system-out>`;
  return `      <failure${attributes({ type: code, message: first })}>${escaped(text)}</failure>`;
}

function attributes(values: Record<string, string | number | undefined>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join("");
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** What XML cannot hold even as a reference is written as its code. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, (character) => {
      return `\\u{${character.codePointAt(0)?.toString(16).toUpperCase()}}`;
    })
    .replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
