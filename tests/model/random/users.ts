// Configurations, and users to plan for with them.

import fc from "fast-check";
import type { Guards, Membership, Scenario } from "idp-group-sync";
import type { Configuration } from "../rules/configuration.ts";
import type { User } from "../rules/impact.ts";
import { claimOptions } from "./claim-options.ts";
import { claimsDraft, claimsOf, tokenGroups } from "./claims.ts";
import { catalog, guardsDraft, guardsOf, membershipDraft, membershipOf, policy, provider } from "./configuration.ts";
import { mapping, noMapping, singleMapping } from "./mapping-text.ts";
import { appGroup, often, roleOrUnknown } from "./names.ts";

const configuration: fc.Arbitrary<Configuration> = fc.record({ mapping, claim: claimOptions, catalog, policy });

/** Where single IdP groups tell everything, which is compared exactly. */
const singleConfiguration = fc
  .record({ configuration, mapping: singleMapping })
  .map(({ configuration, mapping }): Configuration => {
    const { compare: _, require: __, ...policy } = configuration.policy;
    return { ...configuration, mapping, policy };
  });

const twoConfigurations = fc.oneof(
  { weight: 3, arbitrary: fc.record({ before: singleConfiguration, other: singleConfiguration }) },
  { weight: 1, arbitrary: fc.record({ before: configuration, other: configuration }) },
);

const claimsOrGroups = fc.oneof(
  { weight: 3, arbitrary: fc.record({ claims: claimsDraft }) },
  fc.record({ groups: fc.oneof({ weight: 9, arbitrary: tokenGroups }, fc.array(fc.constantFrom("", "sales"))) }),
);

export interface Planned {
  claims?: Record<string, unknown>;
  groups?: string[];
  membership: Membership;
  guards?: Guards;
  provider?: string;
  claimSeen?: boolean;
  explain?: boolean;
}

export interface Plans {
  configuration: Configuration;
  users: Planned[];
}

const plannedDraft = fc.record({
  token: claimsOrGroups,
  membership: membershipDraft,
  guards: fc.option(guardsDraft, { nil: undefined }),
  provider,
  claimSeen: fc.constantFrom(undefined, undefined, true, false),
  explain: fc.constantFrom(undefined, true, true, false),
});

export const plans: fc.Arbitrary<Plans> = fc
  .record({ configuration, drafts: fc.array(plannedDraft, { minLength: 1, maxLength: 4, size: "max" }) })
  .map(({ configuration, drafts }) => ({
    configuration,
    users: drafts.map(({ token, membership, guards, provider, claimSeen, explain }) => ({
      ...tokenOf(token, configuration),
      membership: membershipOf(membership, configuration.catalog),
      ...(guards && { guards: guardsOf(guards, configuration.catalog) }),
      ...(provider && { provider }),
      ...(claimSeen !== undefined && { claimSeen }),
      ...(explain !== undefined && { explain }),
    })),
  }));

const ladder = ["viewer", "builder", "owner", "admin"];
const step = fc.constantFrom(...ladder);
const crew = ["tools", "safe", "keys", "chess"];
const anyOf = (names: string[]) => fc.subarray(names);

/** Plans for which there are too few seats: everything is granted by name, and each group requires a role. */
export const crowdedPlans: fc.Arbitrary<Plans> = fc
  .record({
    policy,
    required: fc.tuple(step, step, step, fc.constant(undefined)),
    users: fc.array(
      fc.record({
        groups: fc.tuple(anyOf(ladder), anyOf(crew)).map(([roles, groups]) => [...roles, ...groups]),
        role: fc.oneof({ weight: 4, arbitrary: step }, fc.constant(null)),
        present: anyOf(crew),
        full: anyOf(ladder),
        lastAdmin: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4, size: "max" },
    ),
  })
  .map(({ policy, required, users }) => {
    const groups = crew.map((name, place) => ({ name, ...(required[place] && { requires: required[place] }) }));
    const catalog = { roles: ladder, groups };
    return {
      configuration: { mapping: noMapping, claim: "groups", catalog, policy },
      users: users.map(({ groups, role, present, full, lastAdmin }) => ({
        groups,
        membership: { role, groups: present.map((name) => ({ name, grantedBy: "manual" as const })) },
        guards: {
          lastAdmin,
          seats: { roles: Object.fromEntries(full.map((role) => [role, { used: 1, limit: 1 }])) },
        },
      })),
    };
  });

type TokenDraft = typeof claimsOrGroups extends fc.Arbitrary<infer Draft> ? Draft : never;

function tokenOf(token: TokenDraft, { claim }: Configuration) {
  return "groups" in token ? { groups: token.groups } : { claims: claimsOf(token.claims, claim) };
}

export interface Change {
  before: Configuration;
  after: Configuration;
  users: User[];
  scenarios: Scenario[];
}

const userDraft = fc.record({
  token: claimsOrGroups,
  membership: fc.option(membershipDraft, { nil: undefined }),
  guards: fc.option(guardsDraft, { nil: undefined }),
  provider,
  exempt: often(undefined, true, 9),
  expect: fc.record(
    {
      role: fc.oneof(fc.constant(null), roleOrUnknown),
      groups: fc.array(appGroup, { maxLength: 3 }),
      outcome: fc.constantFrom("resolved" as const, "no-match" as const, "keep" as const, "deny" as const),
    },
    { requiredKeys: [] },
  ),
});

/** Two configurations with the same claim and the same roles; the rest may differ. */
export const change: fc.Arbitrary<Change> = fc
  .record({
    configurations: twoConfigurations,
    differs: fc.subarray(["mapping", "policy", "catalog"] as const),
    drafts: fc.array(userDraft, { minLength: 1, maxLength: 5, size: "max" }),
  })
  .map(({ configurations: { before, other }, differs, drafts }) => {
    const { roles } = before.catalog;
    // What the other's groups require may be no role here.
    const groups = other.catalog.groups.map(({ name }) => ({ name }));
    const after: Configuration = {
      ...before,
      ...(differs.includes("mapping") && { mapping: other.mapping }),
      ...(differs.includes("policy") && { policy: other.policy }),
      ...(differs.includes("catalog") && { catalog: { ...(roles && { roles }), groups } }),
    };
    const users = drafts.map(({ token, membership, guards, provider, exempt, expect }, number) => ({
      user: {
        ...tokenOf(token, before),
        ...(membership && { membership: membershipOf(membership, before.catalog) }),
      },
      facts: {
        ...(guards && { guards: guardsOf(guards, before.catalog) }),
        ...(provider && { provider }),
        ...(exempt && { exempt }),
      },
      number,
      expect,
    }));
    return {
      before,
      after,
      users: users.map(({ user, facts, number }) => ({ id: `user-${number}`, ...user, ...facts })),
      scenarios: users
        .filter(({ user }) => user.membership?.role !== "emperor")
        .map(({ user, number, expect }) => ({ name: `scenario ${number}`, ...user, expect })),
    };
  });
