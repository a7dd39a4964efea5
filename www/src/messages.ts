import type { Diagnostic, Grant, Match, Resolution, RoleReason, Severity } from "idp-group-sync";
import { html, type TemplateResult } from "lit";

// The engine answers in data; this is where the page finds words for it. Nothing here decides.

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

/** "2 errors", "1 warning": what a list of diagnostics holds, worst first. */
export function countDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of diagnostics) counts[severity]++;
  return severityCounts(counts);
}

/** The same, of diagnostics that are counted already. */
export function severityCounts(counts: Record<Severity, number>): string {
  const names: [Severity, string, string][] = [
    ["error", "error", "errors"],
    ["warning", "warning", "warnings"],
    ["info", "note", "notes"],
  ];
  return names
    .filter(([severity]) => counts[severity] > 0)
    .map(([severity, one, many]) => `${counts[severity]} ${counts[severity] === 1 ? one : many}`)
    .join(", ");
}

/** Why the user has this role. */
export function roleReason(reason: RoleReason): TemplateResult {
  switch (reason.kind) {
    case "default":
      return html`Nothing in this token asks for more than the lowest role.`;
    case "role-group":
      return html`IdP group <code>${reason.idpGroup}</code> grants this role.`;
    case "required-by":
      return html`Group <code>${reason.group}</code> needs at least this role.`;
    case "kept":
      return html`The policy keeps the role that the user has now.`;
  }
}

/** What became of the login, in one line. */
export function outcomeTitle({ outcome }: Resolution): string {
  switch (outcome) {
    case "resolved":
      return "Signs in and is synced";
    case "no-match":
      return "No IdP group matches";
    case "keep":
      return "Nothing changes";
    case "deny":
      return "Refused";
  }
}

/** What the claim held, as the end of a sentence about it. */
export function claimState({ claim }: Resolution): string {
  const count = claim.groups.length;
  switch (claim.status) {
    case "present":
      return count === 1 ? "holds 1 group" : `holds ${count} groups`;
    case "empty":
      return "is there, with no groups in it";
    case "missing":
      return "is not in this token";
    case "malformed":
      return "cannot be read as groups";
    case "incomplete":
      return "was left out of this token";
  }
}

/** How an IdP group came to its grants. */
export function matchedBy({ via, grants, nearMisses }: Match): string {
  switch (via) {
    case "mapping": {
      const lines = [...new Set(grants.flatMap(({ entry }) => (entry ? [entry.line] : [])))];
      if (lines.length === 0) return "by the mapping";
      return lines.length === 1 ? `by the mapping, line ${lines[0]}` : `by the mapping, lines ${lines.join(", ")}`;
    }
    case "name":
      return "by its name";
    case "none":
      return nearMisses.length > 0 ? "no match, but nearly" : "no match";
  }
}

/** What a grant's target is. */
export const grantKinds: Record<Grant["kind"], string> = {
  role: "role",
  group: "group",
  unknown: "unknown, grants nothing",
};

/** The outcome as one plain text, for those who hear it. */
export function spokenOutcome(resolution: Resolution): string {
  const { role, groups } = resolution;
  if (role === null) return outcomeTitle(resolution);
  return `${outcomeTitle(resolution)}. Role: ${role}. ${groups.length === 0 ? "No groups" : `Groups: ${groups.join(", ")}`}.`;
}
