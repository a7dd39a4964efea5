// docs/javascript.md, "Known users" and "Expectations"; docs/resolving.md, "Comparing two mappings", for the effect.

import type { Membership, Scenario } from "idp-group-sync";
import { inCatalogOrder, isRole, rank } from "./catalog.ts";
import { readClaim, readGroupList } from "./claims.ts";
import { plan } from "./planning.ts";
import { type Configuration, resolve } from "./resolving.ts";

export interface Access {
  role: string | null;
  groups: string[];
}

export interface User {
  id: string;
  claims?: object;
  groups?: string[];
  membership?: Membership;
}

export interface ModelImpact {
  id: string;
  effect: "gains" | "loses" | "changes";
  before: Access;
  after: Access;
}

/** "Without `membership` the user is planned as a new member. … No guard is asked." */
export function accessAfter(configuration: Configuration, user: User): Access {
  const claim = user.groups ? readGroupList(user.groups) : readClaim(user.claims ?? {}, configuration.claim);
  const { status, role, join, keep } = plan(configuration, claim, user.membership);
  // "A new member who is denied has the role `null`."
  const has = status === "denied" && role.from === null ? null : role.to;
  return { role: has, groups: inCatalogOrder(configuration.catalog, [...keep, ...join]) };
}

/** A line that is no text, or whose membership names a role that one of the catalogs does not have, cannot be read. */
export function isReadable(before: Configuration, after: Configuration, user: User): boolean {
  const role = user.membership?.role ?? null;
  if (JSON.stringify(user).includes("\\ud800")) return false;
  return role === null || (isRole(before.catalog, role) && isRole(after.catalog, role));
}

/** Both configurations have the same roles. */
export function impactOn(before: Configuration, after: Configuration, user: User): ModelImpact | undefined {
  const one = accessAfter(before, user);
  const other = accessAfter(after, user);
  const height = ({ role }: Access) => (role === null ? -1 : rank(before.catalog, role));
  const gains = height(other) > height(one) || other.groups.some((group) => !one.groups.includes(group));
  const loses = height(other) < height(one) || one.groups.some((group) => !other.groups.includes(group));
  if (!gains && !loses) return undefined;
  return { id: user.id, effect: gains && loses ? "changes" : gains ? "gains" : "loses", before: one, after: other };
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
  return different.sort();
}

function isSameSet(one: string[], other: string[]): boolean {
  return one.every((name) => other.includes(name)) && other.every((name) => one.includes(name));
}
