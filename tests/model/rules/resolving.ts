// docs/resolving.md: from IdP groups to role and groups, and why.

import type { Catalog, ClaimOptions, Grant, Match, Policy, RoleReason } from "idp-group-sync";
import {
  defaultRole,
  highest,
  highestRequired,
  inCatalogOrder,
  isGroup,
  isRole,
  rank,
  requiredBy,
  rolesOf,
} from "./catalog.ts";
import type { Reading } from "./claims.ts";
import { capture, type Entry, type Mapping, patternMatches } from "./mapping.ts";
import { nearMisses } from "./near-misses.ts";

export interface Configuration {
  mapping: Mapping;
  claim: ClaimOptions;
  catalog: Catalog;
  policy: Policy;
}

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
  const matches = claim.groups.map((idpGroup) => matchOf(idpGroup, configuration));
  const outcome = outcomeOf(policy, claim, isMatched(matches));
  const remarks: Remark[] = [...claim.codes.map((code) => ({ code })), ...unknownTargets(claim, configuration)];
  const resolution: ModelResolution = {
    claim: explain ? claim : { ...claim, groups: [] },
    outcome,
    role: null,
    roleReasons: [],
    groups: [],
    matches: explain ? matches : [],
    remarks,
  };
  if (outcome === "keep" || outcome === "deny") return resolution;

  const roles = grantedRoles(matches);
  const groups = weights.customGroups ? grantedGroups(catalog, matches) : [];
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

/** "What one IdP group grants", its three steps. */
function matchOf(idpGroup: string, configuration: Configuration): Match {
  const { mapping, catalog } = configuration;
  const named = mapping.entries.filter((entry) => isNamedBy(entry, idpGroup));
  const patterns = mapping.entries.filter((entry) => isMatchedBy(entry, idpGroup));
  const own = named.length === 0 ? byName(idpGroup, configuration) : undefined;
  const fromEntries = (entries: Entry[]) => entries.map((entry) => grantOf(entry, idpGroup, catalog));
  const grants = [...fromEntries(named), ...(own ? [own] : []), ...fromEntries(patterns)];
  const via = own ? "name" : grants.length > 0 ? "mapping" : "none";
  return {
    idpGroup,
    via,
    grants: grants.filter((grant, place) => grants.findIndex((other) => isSameTarget(grant, other)) === place),
    nearMisses: via === "none" ? nearMisses(idpGroup, configuration) : [],
  };
}

function isNamedBy(entry: Entry, idpGroup: string): boolean {
  return !entry.isPattern && entry.source === idpGroup;
}

function isMatchedBy(entry: Entry, idpGroup: string): boolean {
  return entry.isPattern && patternMatches(entry.source, idpGroup);
}

function isSameTarget(one: Grant, other: Grant): boolean {
  return one.kind === other.kind && one.target === other.target;
}

/** `matchByName`; a role and a group of the same name: the role is meant everywhere. */
function byName(name: string, { catalog, policy }: Configuration): Grant | undefined {
  const matchByName = policy.matchByName ?? true;
  if (matchByName === false) return undefined;
  if (isRole(catalog, name)) return matchByName === true ? { target: name, kind: "role" } : undefined;
  return isGroup(catalog, name) ? { target: name, kind: "group" } : undefined;
}

/** "A target means the role or group of exactly its name; failing that, the role of that name but for ASCII case." */
function grantOf(entry: Entry, idpGroup: string, catalog: Catalog): Grant {
  const target = entry.isCapture ? capture(entry, idpGroup) : entry.target;
  const reachesRoles = !entry.isCapture;
  if (isRole(catalog, target)) return { target, kind: reachesRoles ? "role" : "unknown", entry: entry.span };
  if (isGroup(catalog, target)) return { target, kind: "group", entry: entry.span };
  const role = rolesOf(catalog).find((name) => asciiLowerCase(name) === asciiLowerCase(target));
  if (reachesRoles && role !== undefined) return { target: role, kind: "role", entry: entry.span };
  return { target, kind: "unknown", entry: entry.span };
}

function asciiLowerCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** "Resolved": at least one IdP group granted something known. */
export function isMatched(matches: Match[]): boolean {
  return matches.some((match) => match.grants.some((grant) => grant.kind !== "unknown"));
}

function grantedRoles(matches: Match[]): string[] {
  return matches.flatMap((match) => match.grants.filter((grant) => grant.kind === "role").map((grant) => grant.target));
}

function grantedGroups(catalog: Catalog, matches: Match[]): string[] {
  const names = matches.flatMap((match) => match.grants.filter((grant) => grant.kind === "group"));
  return inCatalogOrder(
    catalog,
    names.map((grant) => grant.target),
  );
}

/** diagnostics.md, `unknown-target`: for each entry that an IdP group of this user meets, and for captures too. */
function unknownTargets(claim: Reading, { mapping, catalog }: Configuration): Remark[] {
  return mapping.entries.flatMap((entry) => {
    const met = claim.groups.filter((idpGroup) => isNamedBy(entry, idpGroup) || isMatchedBy(entry, idpGroup));
    const unknown = met.map((idpGroup) => grantOf(entry, idpGroup, catalog)).find(({ kind }) => kind === "unknown");
    return unknown ? [{ code: "unknown-target", params: { target: unknown.target } }] : [];
  });
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
  const keeps = (policy.roleWithoutRoleGroup ?? "infer") !== "infer" && grantedRoles(matches).length === 0;
  if (keeps && present === role) found.push({ kind: "kept" });
  return found.length > 0 ? found : [{ kind: "default" }];
}
