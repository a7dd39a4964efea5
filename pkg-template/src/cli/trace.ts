// A resolution as a trace: from the claim to the role and the groups.
import type { ClaimGroups, ClaimOptions, Resolution, Unmet } from "idp-group-sync";
import type { Configuration, MappingText } from "./configuration.js";
import { humanDiagnostics, plural } from "./diagnostics.js";
import { because, grantLines, listed, quoted, unmetLine } from "./names.js";
import { formatPath } from "./origins.js";
import type { Output } from "./terminal.js";
import type { Token } from "./token.js";
import { visible } from "./visible.js";

/** Whose login it is: somebody with a token, or with groups that were named. */
export type Person = { token: Token } | { groups: string[] };

const labelWidth = 9;

/** A line of the trace that begins with what it is about. */
export function labelled(label: string, text: string, { paint }: Output): string {
  return `${paint("strong", label.padEnd(labelWidth))}${text}`;
}

/** Where the groups came from, what each of them grants, and what was noticed on the way. */
export function traceSteps(
  person: Person,
  resolution: Resolution,
  { config, mapping }: Configuration,
  output: Output,
  details?: ReadonlyMap<string, string>,
) {
  const heading: string[] = [];
  if ("token" in person) {
    const { document, isJwt } = person.token;
    const note = isJwt ? "; decoded only, its signature was not checked" : "";
    heading.push(labelled("token", `${visible(document.source.name)}${note}`, output));
    heading.push(labelled("claim", claimSentence(config.claim, resolution.claim), output));
  } else {
    heading.push(labelled("groups", `${plural(resolution.claim.groups.length, "IdP group")} from --groups`, output));
  }
  const matches = matchLines(resolution, mapping, output, details);
  const diagnostics = humanDiagnostics(resolution.diagnostics, mapping, output);
  return [...heading, "", ...matches, ...(matches.length > 0 ? [""] : []), ...diagnostics];
}

function claimSentence(claim: ClaimOptions, { status, groups, path }: ClaimGroups): string {
  const name = claimNames(claim).map(quoted).join(" and ");
  const at = path.length === 0 ? "" : `, found at ${visible(formatPath(path))}`;
  const count = status === "present" ? ` with ${plural(groups.length, "IdP group")}` : "";
  return `${name} is ${status}${count}${at}`;
}

/** The names of each source, as a sentence has them. */
function claimNames(claim: ClaimOptions): string[] {
  const sources = Array.isArray(claim) ? claim : [claim];
  return sources.map((source) => (typeof source === "string" ? source : [source.name].flat().join(" or ")));
}

/** Each IdP group with what it grants, which conditions it is in that are not met, and with what else is known of it. */
export function matchLines(
  { matches, unmet }: Resolution,
  mapping: MappingText,
  { paint }: Output,
  details?: ReadonlyMap<string, string>,
): string[] {
  const detail = (idpGroup: string) => {
    const known = details?.get(idpGroup);
    return known === undefined ? "" : paint("faint", ` (${visible(known)})`);
  };
  const unmetOf = new Map<string, Unmet[]>();
  for (const one of unmet) unmetOf.set(one.idpGroup, [...(unmetOf.get(one.idpGroup) ?? []), one]);
  return matches.flatMap((match) => [
    paint(match.via === "none" ? "faint" : "strong", visible(match.idpGroup)) + detail(match.idpGroup),
    ...grantLines(match, mapping).map((line) => `    ${match.via === "none" ? paint("faint", line) : line}`),
    ...(unmetOf.get(match.idpGroup) ?? []).map((one) => `    ${paint("faint", unmetLine(one, mapping))}`),
  ]);
}

const outcomes: Record<Resolution["outcome"], string> = {
  resolved: "resolved",
  "no-match": "no-match: no IdP group grants anything known",
  keep: "keep: by the policy, nothing changes",
  deny: "deny: by the policy, the user is refused",
};

/** What it comes to. */
export function traceResult(resolution: Resolution, output: Output): string[] {
  const printed = [labelled("outcome", outcomes[resolution.outcome], output)];
  if (resolution.role !== null) {
    printed.push(labelled("role", `${visible(resolution.role)}${because(resolution.roleReasons)}`, output));
    printed.push(labelled("groups", listed(resolution.groups), output));
  }
  return printed;
}
