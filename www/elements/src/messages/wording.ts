import type { Diagnostic, Fix, Match, Resolution, RoleReason, Severity } from "idp-group-sync";
import { html, type TemplateResult } from "lit";
import type { Converted } from "../engine/imported.js";
import type { MappingDiagnostic } from "../engine/questions.js";
import { countBySeverity, type SeverityCounts } from "../engine/severity.js";
import { words } from "./language.js";

// The engine answers in data; this is where the page finds words for it, in its language. Nothing here decides.

/** A text of the engine's as a sentence on the page: its first letter large, user input set as code. */
export function sentence(text: string): TemplateResult {
  const parts = text.split("`");
  return html`${parts.map((part, index) =>
    index % 2 === 1 ? html`<code>${part}</code>` : index === 0 ? capitalised(part) : part,
  )}`;
}

/** The same where only plain text can stand. */
export function plainSentence(text: string): string {
  return (text.startsWith("`") ? text : capitalised(text)).replaceAll("`", "");
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What is wrong, in the engine's own words or those of another language. */
export function messageOf(diagnostic: MappingDiagnostic): string {
  const { code, params, workspaces } = diagnostic;
  const message = words().diagnostic(diagnostic) ?? diagnostic.message;
  if (!workspaces) return message;
  const { unknownTarget, only } = words().inWorkspaces;
  return code === "unknown-target" ? unknownTarget(params.target ?? "", workspaces) : only(message, workspaces);
}

/** What to do about it, if there is something to say. */
export function helpOf(diagnostic: MappingDiagnostic): string | undefined {
  if (diagnostic.workspaces && diagnostic.code === "unknown-target") return words().inWorkspaces.unknownTargetHelp;
  return words().help(diagnostic);
}

/** What a fix does. */
export function titleOf(diagnostic: Diagnostic, fix: Fix): string {
  return words().fix(diagnostic, fix);
}

/** "2 errors", "1 warning": what a list of diagnostics holds, worst first. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return severityCounts(countBySeverity(diagnostics));
}

/** The same, of diagnostics that are counted already. */
export function severityCounts(counts: SeverityCounts): string {
  const severities: Severity[] = ["error", "warning", "info"];
  return severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => words().count[severity](counts[severity]))
    .join(", ");
}

/** What was made of what was pasted, and what was not taken over. */
export function convertedText({ from, entries, told, more }: Converted): string {
  const texts = words().editor;
  const parts = [texts.converted(from ?? "json", entries)];
  for (const diagnostic of told) parts.push(`${plainSentence(messageOf(diagnostic))}.`);
  if (more > 0) parts.push(texts.convertedMore(more));
  return parts.join(" ");
}

/** Why the user has this role. */
export function roleReason(reason: RoleReason): TemplateResult {
  const reasons = words().preview.reason;
  switch (reason.kind) {
    case "default":
      return reasons.default();
    case "role-group":
      return reasons["role-group"](reason.idpGroup);
    case "required-by":
      return reasons["required-by"](reason.group);
    case "kept":
      return reasons.kept();
  }
}

/** What became of the login, in one line. */
export function outcomeTitle({ outcome }: Resolution): string {
  return words().preview.outcome[outcome];
}

/** What the claim held, as the end of a sentence about it. */
export function claimState({ claim }: Resolution): string {
  return words().preview.claimState[claim.status](claim.groups.length);
}

/** How an IdP group came to its grants. */
export function matchedBy({ via, grants, nearMisses }: Match): string {
  const { byMapping, byName, noMatch, nearMiss } = words().preview;
  switch (via) {
    case "mapping":
      return byMapping([...new Set(grants.flatMap(({ entry }) => (entry ? [entry.line] : [])))]);
    case "name":
      return byName;
    case "none":
      return nearMisses.length > 0 ? nearMiss : noMatch;
  }
}

/** The outcome as one plain text, for those who hear it. */
export function spokenOutcome(resolution: Resolution): string {
  if (resolution.role === null) return outcomeTitle(resolution);
  return words().preview.spoken(outcomeTitle(resolution), resolution.role, resolution.groups);
}
