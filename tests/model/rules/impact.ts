// docs/javascript.md, "Known users" and "Expectations"; docs/resolving.md, "Comparing two mappings", for the effect.

import type { Blocked, Catalog, Effect, Guards, Membership, Scenario } from "idp-group-sync";
import { inCatalogOrder, rank, rolesOf } from "./catalog.ts";
import { readClaim, readGroupList } from "./claims.ts";
import type { Configuration } from "./configuration.ts";
import { membershipFault, plan } from "./planning.ts";
import { resolve } from "./resolving.ts";

export interface Access {
  role: string | null;
  groups: string[];
  denied?: true;
}

export interface User {
  id: string;
  claims?: object;
  groups?: string[];
  membership?: Membership;
  guards?: Guards;
  provider?: string;
  /** "An account that no sync touches, which has the same on both sides." */
  exempt?: boolean;
}

export interface ModelImpact {
  id: string;
  effect: Effect;
  before: Access;
  after: Access;
  topRoleLost?: true;
  blocked?: Blocked[];
}

/** "Without `membership` the user is planned as a new member." */
function planOf(configuration: Configuration, user: User) {
  const claim = user.groups ? readGroupList(user.groups) : readClaim(user.claims ?? {}, configuration.claim);
  return plan(configuration, claim, user.membership, user);
}

/** "What a user has is the plan's final role, and the groups that it keeps and joins; one who is refused has nothing." */
export function accessAfter(configuration: Configuration, user: User): Access {
  if (user.exempt) {
    const groups = user.membership?.groups.map(({ name }) => name) ?? [];
    return { role: user.membership?.role ?? null, groups: inCatalogOrder(configuration.catalog, groups) };
  }
  const { status, role, join, keep } = planOf(configuration, user);
  if (status === "denied") return { role: null, groups: [], denied: true };
  return { role: role.to, groups: inCatalogOrder(configuration.catalog, [...keep, ...join]) };
}

/** A line whose membership or guards name a role that one of the catalogs does not have cannot be read. */
export function isReadable(before: Configuration, after: Configuration, user: User): boolean {
  const { membership, guards, exempt } = user;
  if (exempt) return true;
  return [before, after].every(({ catalog }) => membershipFault(catalog, membership, guards) === undefined);
}

/** Both configurations have the same roles. */
export function impactOn(before: Configuration, after: Configuration, user: User): ModelImpact | undefined {
  if (user.exempt) return undefined;
  const one = accessAfter(before, user);
  const other = accessAfter(after, user);
  const top = rolesOf(before.catalog).at(-1);
  const topRoleLost = one.role === top && other.role !== top ? ({ topRoleLost: true } as const) : {};
  const { blocked } = planOf(after, user);
  const told = { before: one, after: other, ...topRoleLost, ...(blocked.length > 0 ? { blocked } : {}) };
  const effect = effectOf(before.catalog, one, other);
  return effect && { id: user.id, effect, ...told };
}

export function effectOf(catalog: Catalog, one: Access, other: Access): Effect | undefined {
  if (one.denied !== other.denied) return other.denied ? "denied" : "admitted";
  const height = ({ role }: Access) => (role === null ? -1 : rank(catalog, role));
  const gains = height(other) > height(one) || other.groups.some((group) => !one.groups.includes(group));
  const loses = height(other) < height(one) || one.groups.some((group) => !other.groups.includes(group));
  if (!gains && !loses) return undefined;
  return gains && loses ? "changes" : gains ? "gains" : "loses";
}

/** Which fields of an expectation came out differently. */
export function scenarioDifferences(configuration: Configuration, scenario: Scenario): string[] {
  const { claims, groups, membership, expect } = scenario;
  const claim = groups ? readGroupList(groups) : readClaim(claims ?? {}, configuration.claim);
  const resolution = resolve(configuration, claim, false);
  const has: Access = membership ? accessAfter(configuration, { id: "", claims, groups, membership }) : resolution;
  const different: string[] = [];
  if (expect.outcome != null && expect.outcome !== resolution.outcome) different.push("outcome");
  if (expect.role !== undefined && expect.role !== has.role) different.push("role");
  if (expect.groups != null && !isSameSet(expect.groups, has.groups)) different.push("groups");
  // "A scenario of which nothing is expected fails."
  if (expect.outcome == null && expect.role === undefined && expect.groups == null) different.push("expect");
  return different.sort();
}

function isSameSet(one: string[], other: string[]): boolean {
  return one.every((name) => other.includes(name)) && other.every((name) => one.includes(name));
}
