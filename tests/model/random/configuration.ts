// Catalogs, policies, memberships and guards.

import fc from "fast-check";
import type { Catalog, GrantedBy, Guards, Membership, Policy } from "idp-group-sync";
import { rolesOf } from "../rules/catalog.ts";
import { requirements } from "../rules/requirements.ts";
import { appGroup, memberGroup, roles } from "./names.ts";

/** Most choices are left to their defaults, a few by `null`, which is as good as left out. */
export const policy = fc.record(
  {
    matchByName: choice<Policy["matchByName"]>(true, false, "groups-only"),
    noMatch: choice<Policy["noMatch"]>("default-role", "keep", "deny"),
    missingClaim: choice<Policy["missingClaim"]>("no-groups", "keep", "deny"),
    unreadableClaim: choice<Policy["unreadableClaim"]>("keep", "deny"),
    compare: choice<Policy["compare"]>("exact", "ignore-case"),
    require: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom("", " \t", null) },
      { weight: 3, arbitrary: fc.constantFrom(...requirements) },
    ),
    demotion: choice<Policy["demotion"]>("allow", "never"),
    syncOn: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom("every-login", null) },
      { weight: 1, arbitrary: fc.constant("first-login") },
    ),
    whenGone: choice<Policy["whenGone"]>("archive", "keep"),
    roleWithoutRoleGroup: fc.constantFrom("infer", "keep-manual", "keep"),
    removal: fc.constantFrom("all", "synced", "mapped", "none"),
    nonMembers: choice<Policy["nonMembers"]>("matched", "all", "none"),
    protectLastAdmin: choice(true, false),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Policy>;

function choice<Value>(first: Value, ...others: Value[]) {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant(first) },
    { weight: 6, arbitrary: fc.constantFrom(...others) },
    fc.constant(null),
  );
}

/** A role of whatever catalog it is used with, by its number, or none. */
const roleNumber = fc.option(fc.nat(5), { nil: undefined });

export const catalog: fc.Arbitrary<Catalog> = fc
  .record({
    roles,
    groups: fc.uniqueArray(fc.record({ name: appGroup, requires: roleNumber }), {
      selector: ({ name }) => name,
      maxLength: 6,
      size: "max",
    }),
  })
  .map(({ roles, groups }) => {
    const known = rolesOf({ roles, groups: [] });
    return {
      ...(roles && { roles }),
      groups: groups.map(({ name, requires }) => ({
        name,
        ...(requires !== undefined && { requires: known[requires % known.length] }),
      })),
    };
  });

/** The provider of a sync, or of what a sync gave. */
export const provider = fc.constantFrom(undefined, undefined, "okta", "entra");

const provenance = fc.constantFrom(undefined, "sync", "sync", "manual");

export interface MembershipDraft {
  role: number | "unknown" | "absent" | null;
  roleGrantedBy?: string;
  roleProvider?: string;
  groups: Membership["groups"];
}

export const membershipDraft: fc.Arbitrary<MembershipDraft> = fc.record({
  role: fc.oneof(
    { weight: 30, arbitrary: fc.nat(5) },
    { weight: 10, arbitrary: fc.constant(null) },
    fc.constantFrom("unknown" as const, "absent" as const),
  ),
  roleGrantedBy: provenance,
  roleProvider: provider,
  groups: fc
    .array(fc.record({ name: memberGroup, grantedBy: provenance, provider }), { maxLength: 6, size: "max" })
    .map((groups) =>
      groups.map(({ name, grantedBy, provider }) => ({
        name,
        ...(grantedBy && { grantedBy }),
        ...(provider && { provider }),
      })),
    ) as fc.Arbitrary<Membership["groups"]>,
});

export function membershipOf(draft: MembershipDraft, { roles }: Pick<Catalog, "roles">): Membership {
  const { role, roleGrantedBy, roleProvider, groups } = draft;
  if (role === "absent") return { groups } as unknown as Membership;
  return {
    role: typeof role === "number" ? roleAt(role, roles) : role === "unknown" ? "emperor" : null,
    ...(roleGrantedBy && { roleGrantedBy: roleGrantedBy as GrantedBy }),
    ...(roleProvider && { roleProvider }),
    groups,
  };
}

export interface GuardsDraft {
  lastAdmin?: boolean;
  seats?: SeatsDraft;
}

export interface SeatsDraft {
  total?: { used: number; limit: number };
  roles?: { role: number | "unknown"; used: number; limit: number }[];
}

const used = fc.integer({ min: 1, max: 3 });
const limit = fc.nat(3);

/** `stray` says how often a role is named that no catalog has. */
export function seatsDraft(stray: number): fc.Arbitrary<SeatsDraft> {
  const role = fc.oneof(
    { weight: 100, arbitrary: fc.nat(5) },
    { weight: stray, arbitrary: fc.constant("unknown" as const) },
  );
  return fc.record(
    {
      total: fc.record({ used, limit }),
      roles: fc.array(fc.record({ role, used, limit }), { maxLength: 3, size: "max" }),
    },
    { requiredKeys: [] },
  );
}

export const guardsDraft: fc.Arbitrary<GuardsDraft> = fc.record(
  { lastAdmin: fc.boolean(), seats: seatsDraft(1) },
  { requiredKeys: [] },
);

export function guardsOf({ lastAdmin, seats }: GuardsDraft, catalog: Pick<Catalog, "roles">): Guards {
  return { ...(lastAdmin !== undefined && { lastAdmin }), ...(seats && { seats: seatsOf(seats, catalog) }) };
}

export function seatsOf({ total, roles }: SeatsDraft, catalog: Pick<Catalog, "roles">) {
  const named = roles?.map(({ role, used, limit }): [string, { used: number; limit: number }] => [
    role === "unknown" ? "emperor" : roleAt(role, catalog.roles),
    { used, limit },
  ]);
  return { ...(total && { total }), ...(named && { roles: Object.fromEntries(named) }) };
}

export function roleAt(number: number, roles: string[] | undefined): string {
  const known = rolesOf({ ...(roles && { roles }), groups: [] });
  return known[number % known.length];
}
