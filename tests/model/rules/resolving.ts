// docs/resolving.md: from IdP groups to role and groups, and why.

import type { Catalog, Match, Policy, Resolution, RoleReason } from "idp-group-sync";
import { defaultRole, highest, highestRequired, inCatalogOrder, rank, requiredBy } from "./catalog.ts";
import type { Reading } from "./claims.ts";
import { type Configuration, comparing } from "./configuration.ts";
import { knownTargets, matchesOf, unknownTargetsOf, unmetOf } from "./granting.ts";
import { isTermMet } from "./mapping.ts";
import { requirement, termText } from "./requirements.ts";

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
  unmetRequirement?: string[];
  remarks: Remark[];
}

/** The present role, and whether it was given by hand, or by the sync of another provider. */
export interface PresentRole {
  role: string | null;
  isManual: boolean;
  isAnothers: boolean;
}

export const newMember: PresentRole = { role: null, isManual: true, isAnothers: false };

/** What a resolution is weighed against in a plan: nothing, for `resolve`. */
export interface Weights {
  present: PresentRole;
  staying: string[];
  /** docs/login.md, "Without custom groups in the licence". */
  customGroups: boolean;
}

export const nothing: Weights = { present: newMember, staying: [], customGroups: true };

export function resolve(
  configuration: Configuration,
  claim: Reading,
  explain: boolean,
  weights = nothing,
  claimSeen = true,
): ModelResolution {
  const { catalog, policy } = configuration;
  const matches = matchesOf(claim.groups, configuration);
  const unmet = unmetRequirement(policy, claim, claimSeen);
  const outcome = outcomeOf(policy, claim, claimSeen, unmet.length === 0, isMatched(matches));
  const unknown = unknownTargetsOf(claim.groups, configuration);
  const remarks: Remark[] = [
    ...claim.codes.map((code) => ({ code })),
    ...unknown.map((params) => ({ code: "unknown-target", params })),
  ];
  const resolution: ModelResolution = {
    claim: explain ? claim : { ...claim, groups: [] },
    outcome,
    role: null,
    roleReasons: [],
    groups: [],
    matches: explain ? matches : [],
    ...(unmet.length > 0 && { unmetRequirement: unmet }),
    unmet: explain ? unmetOf(claim.groups, configuration) : [],
    remarks,
  };
  if (outcome === "keep" || outcome === "deny") return resolution;

  const roles = knownTargets(matches, "role", catalog);
  const groups = weights.customGroups ? knownTargets(matches, "group", catalog) : [];
  const counted = inCatalogOrder(catalog, [...groups, ...weights.staying]);
  const role = wantedRole(configuration, roles, counted, weights.present);
  if (explain) resolution.roleReasons = reasons(configuration, matches, counted, weights.present, role);
  const granted = highest(catalog, roles);
  // diagnostics.md, `raised-by-group`: a role is granted, but a group needs a higher one.
  const group = counted.find((name) => requiredBy(catalog, name) === role);
  if (granted !== undefined && group !== undefined && rank(catalog, granted) < rank(catalog, role)) {
    remarks.push({ code: "raised-by-group", params: { granted, role, group } });
  }
  return { ...resolution, role, groups };
}

/** "Outcome" and "Policies". */
function outcomeOf(
  policy: Policy,
  claim: Reading,
  claimSeen: boolean,
  meetsRequired: boolean,
  matched: boolean,
): ModelResolution["outcome"] {
  // docs/planning.md, "Guards": "then a missing claim changes nothing", whatever `missingClaim` and `require` say.
  if (claim.status === "missing" && !claimSeen) return "keep";
  if (claim.status === "malformed" || claim.status === "incomplete") return policy.unreadableClaim ?? "keep";
  if (claim.status === "missing") {
    const missingClaim = policy.missingClaim ?? "no-groups";
    if (missingClaim !== "no-groups") return missingClaim;
  }
  if (!meetsRequired) return "deny";
  if (matched) return "resolved";
  const noMatch = policy.noMatch ?? "default-role";
  return noMatch === "default-role" ? "no-match" : noMatch;
}

/** "The terms that are not met"; none where nobody can say what such a user meets. */
function unmetRequirement(policy: Policy, { status, groups }: Reading, claimSeen: boolean): string[] {
  const isAsked = status === "missing" ? claimSeen && (policy.missingClaim ?? "no-groups") === "no-groups" : true;
  if (!isAsked || status === "malformed" || status === "incomplete") return [];
  const unmet = requirement(policy).filter((term) => !isTermMet(term, groups, comparing(policy)));
  return unmet.map(termText);
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
  present: PresentRole,
): string {
  const R = highest(catalog, granted);
  const Q = highestRequired(catalog, groups);
  const P = staysAtLeast(policy, present, R !== undefined) ? (present.role ?? undefined) : undefined;
  const known = [R, Q, P].filter((role) => role !== undefined);
  return highest(catalog, known) ?? defaultRole(catalog);
}

/** Whether the present role does not sink: by `roleWithoutRoleGroup`, by "Demotion", or for "Several providers". */
function staysAtLeast(policy: Policy, { isManual, isAnothers }: PresentRole, isRoleGranted: boolean): boolean {
  if ((policy.demotion ?? "allow") === "never" || isAnothers) return true;
  if (isRoleGranted) return false;
  const rule = policy.roleWithoutRoleGroup ?? "infer";
  return rule === "keep" || (rule === "keep-manual" && isManual);
}

export function higher(catalog: Catalog, role: string, other: string | undefined): string {
  return highest(catalog, other === undefined ? [role] : [role, other]) ?? role;
}

/** docs/planning.md, "The resolution in a plan": everything that gives just this role, in this order. */
function reasons(
  { catalog, policy }: Configuration,
  matches: Match[],
  groups: string[],
  present: PresentRole,
  role: string,
): RoleReason[] {
  const found: RoleReason[] = [];
  for (const match of matches) {
    if (match.grants.some((grant) => grant.kind === "role" && grant.target === role)) {
      found.push({ kind: "role-group", idpGroup: match.idpGroup });
    }
  }
  for (const group of groups) if (requiredBy(catalog, group) === role) found.push({ kind: "required-by", group });
  const isRoleGranted = knownTargets(matches, "role", catalog).length > 0;
  if (staysAtLeast(policy, present, isRoleGranted) && present.role === role) found.push({ kind: "kept" });
  return found.length > 0 ? found : [{ kind: "default" }];
}
