// `GroupSync` against the model: one configuration, some users.

import { GroupSync } from "idp-group-sync";
import type { Planned, Plans } from "../random/users.ts";
import { type Reading, readClaim, readGroupList } from "../rules/claims.ts";
import type { Configuration } from "../rules/configuration.ts";
import { membershipFault, plan } from "../rules/planning.ts";
import { resolve } from "../rules/resolving.ts";
import { count, countPlan, countResolution } from "./coverage.ts";
import { attempt, compare, invalidInput } from "./difference.ts";
import { configOf, modelPlan, modelResolution, planOf, resolutionOf } from "./shape.ts";
import { bothWays } from "./ways.ts";

export function comparePlans({ configuration, users }: Plans): number {
  const sync = new GroupSync(configOf(configuration));
  try {
    for (const user of users) {
      const claim = user.groups ? readGroupList(user.groups) : readClaim(user.claims ?? {}, configuration.claim);
      compareResolution(sync, configuration, user, claim);
      comparePlan(sync, configuration, user, claim);
    }
  } finally {
    sync.free();
  }
  return users.length * 2;
}

function compareResolution(sync: GroupSync, configuration: Configuration, user: Planned, claim: Reading) {
  const { claims = {}, groups, explain } = user;
  const options = explain === undefined ? undefined : { explain };
  const expect = resolve(configuration, claim, explain ?? true);
  const given = () => givenOf(configuration, user, options);
  const got = bothWays(given, () => (groups ? sync.resolveGroups(groups, options) : sync.resolve(claims, options)));
  countResolution("resolve", expect);
  compare("resolution", given, modelResolution(expect), resolutionOf(got));
}

function comparePlan(sync: GroupSync, configuration: Configuration, user: Planned, claim: Reading) {
  const { claims = {}, groups, membership, guards, provider, claimSeen, explain } = user;
  const facts = { ...(guards && { guards }), ...(provider && { provider }), ...(claimSeen != null && { claimSeen }) };
  const options = { ...(explain !== undefined && { explain }), ...facts };
  const given = () => ({ ...givenOf(configuration, user, options), membership });
  const call = () =>
    planOf(
      bothWays(given, () =>
        groups ? sync.planGroups(groups, membership, options) : sync.plan(claims, membership, options),
      ),
    );
  const fault = membershipFault(configuration.catalog, membership, guards);
  if (fault) {
    count(`plan: invalid-input ${fault}`);
    return compare("plan", given, invalidInput(fault), attempt(call));
  }
  const expect = plan(configuration, claim, membership, facts, explain);
  countPlan("plan", expect);
  compare("plan", given, modelPlan(expect), attempt(call));
}

function givenOf(configuration: Configuration, { claims, groups }: Planned, options: object | undefined) {
  return { ...configOf(configuration), ...(groups ? { groups } : { claims }), ...(options && { options }) };
}
