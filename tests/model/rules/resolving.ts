// docs/resolving.md: from IdP groups to role and groups, and why.

import type { Catalog, Match, Policy, Resolution, RoleReason } from "idp-group-sync";
import { defaultRole, highest, highestRequired, inCatalogOrder, rank, requiredBy } from "./catalog.ts";
import type { Reading } from "./claims.ts";
import type { Configuration } from "./configuration.ts";
import { knownTargets, matchesOf, unknownTargetsOf, unmetOf } from "./granting.ts";

/** A diagnostic by its code and the names that it is about. */
export interface Remark {
  code: string;
  params?: Record<string, string>;
}

export interface ModelResolution {
  claim: Reading;
  outcome: "resolved" | "no-match" | "keep" | "deny";
  role: string | null;
  roleReasons: RoleReason[];
  groups: string[];
  matches: Match[];
  unmet: Resolution["unmet"];
  remarks: Remark[];
}

/** What a resolution is weighed against in a plan: nothing, for `resolve`. */
export interface Weights {
  presentRole: string | null;
  staying: string[];
  /** docs/login.md, "Without custom groups in the licence". */
  customGroups: boolean;
}

export const nothing: Weights = { presentRole: null, staying: [], customGroups: true };

export function resolve(configuration: Configuration, claim: Reading, explain: boolean, weights = nothing) {
  const { catalog, policy } = configuration;
  const matches = matchesOf(claim.groups, configuration);
  const outcome = outcomeOf(policy, claim, isMatched(matches));
  const unknown = unknownTargetsOf(claim.groups, configuration);
  const remarks: Remark[] = [
    ...claim.codes.map((code) => ({ code })),
    ...unknown.map((target) => ({ code: "unknown-target", params: { target } })),
  ];
  const resolution: ModelResolution = {
    claim: explain ? claim : { ...claim, groups: [] },
    outcome,
    role: null,
    roleReasons: [],
    groups: [],
    matches: explain ? matches : [],
    unmet: explain ? unmetOf(claim.groups, configuration) : [],
    remarks,
  };
  if (outcome === "keep" || outcome === "deny") return resolution;

  const roles = knownTargets(matches, "role", catalog);
  const groups = weights.customGroups ? knownTargets(matches, "group", catalog) : [];
  const counted = inCatalogOrder(catalog, [...groups, ...weights.staying]);
  const role = wantedRole(configuration, roles, counted, weights.presentRole);
  if (explain) resolution.roleReasons = reasons(configuration, matches, counted, weights.presentRole, role);
  const granted = highest(catalog, roles);
  // diagnostics.md, `raised-by-group`: a role is granted, but a group needs a higher one.
  if (granted !== undefined && rank(catalog, granted) < rank(catalog, role)) {
    const group = counted.find((name) => requiredBy(catalog, name) === role) ?? "";
    remarks.push({ code: "raised-by-group", params: { granted, role, group } });
  }
  return { ...resolution, role, groups };
}

/** "Outcome" and "Policies". */
function outcomeOf(policy: Policy, claim: Reading, matched: boolean): ModelResolution["outcome"] {
  if (claim.status === "malformed" || claim.status === "incomplete") return policy.unreadableClaim ?? "keep";
  if (claim.status === "missing") {
    const missingClaim = policy.missingClaim ?? "no-groups";
    if (missingClaim !== "no-groups") return missingClaim;
  }
  if (matched) return "resolved";
  const noMatch = policy.noMatch ?? "default-role";
  return noMatch === "default-role" ? "no-match" : noMatch;
}

/** "Resolved": at least one IdP group granted something known. */
export function isMatched(matches: Match[]): boolean {
  return matches.some((match) => match.grants.some((grant) => grant.kind !== "unknown"));
}

/** docs/planning.md, "The role": R is the highest granted role, Q the highest that the groups require, P the present one. */
export function wantedRole(
  { catalog, policy }: Configuration,
  granted: string[],
  groups: string[],
  present: string | null,
): string {
  const R = highest(catalog, granted);
  const Q = highestRequired(catalog, groups);
  if (R !== undefined) return higher(catalog, R, Q);
  if ((policy.roleWithoutRoleGroup ?? "infer") === "infer" || present === null) return Q ?? defaultRole(catalog);
  return higher(catalog, present, Q);
}

export function higher(catalog: Catalog, role: string, other: string | undefined): string {
  return highest(catalog, other === undefined ? [role] : [role, other]) ?? role;
}

/** docs/planning.md, "The resolution in a plan": everything that gives just this role, in this order. */
function reasons(
  { catalog, policy }: Configuration,
  matches: Match[],
  groups: string[],
  present: string | null,
  role: string,
): RoleReason[] {
  const found: RoleReason[] = [];
  for (const match of matches) {
    if (match.grants.some((grant) => grant.kind === "role" && grant.target === role)) {
      found.push({ kind: "role-group", idpGroup: match.idpGroup });
    }
  }
  for (const group of groups) if (requiredBy(catalog, group) === role) found.push({ kind: "required-by", group });
  const keeps =
    (policy.roleWithoutRoleGroup ?? "infer") !== "infer" && knownTargets(matches, "role", catalog).length === 0;
  if (keeps && present === role) found.push({ kind: "kept" });
  return found.length > 0 ? found : [{ kind: "default" }];
}
