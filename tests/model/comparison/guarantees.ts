// `proveGuarantees` against all small sets of IdP groups.

import { type GuaranteeResult, proveGuarantees } from "idp-group-sync";
import type { Guarded } from "../random/guarantees.ts";
import type { Configuration } from "../rules/configuration.ts";
import { breaker, isBrokenBy, largestNeeded, reachOf } from "../rules/guarantees.ts";
import { count } from "./coverage.ts";
import { compare } from "./difference.ts";
import { configOf } from "./shape.ts";

export function compareGuarantees({ configuration, guarantees }: Guarded): number {
  const results = proveGuarantees(configOf(configuration), guarantees);
  for (const [place, guarantee] of guarantees.entries()) {
    const result = results[place];
    const given = () => ({ ...configOf(configuration), guarantees: [guarantee] });
    const kind = `${guarantee.only ? "only" : "never"} ${reachOf(guarantee).role ? "role" : "group"}`;
    count(`guarantee: ${kind} ${result.verdict}`);
    const { counterexample } = result;
    compare("guarantees", given, result.verdict === "fails", counterexample !== undefined);
    if (counterexample) compareCounterexample(configuration, guarantee, counterexample, given);
    // "Where the policy compares without case, a guarantee that no counterexample breaks is `unknown`."
    else if (configuration.policy.compare !== "ignore-case") compare("guarantees", given, "holds", result.verdict);
    if (result.verdict === "holds" && largestNeeded(configuration) <= 4) {
      compare("guarantees", given, undefined, breaker(configuration, guarantee));
    }
  }
  return guarantees.length;
}

function compareCounterexample(
  configuration: Configuration,
  guarantee: Guarded["guarantees"][number],
  { idpGroups, grant }: NonNullable<GuaranteeResult["counterexample"]>,
  given: () => object,
) {
  count(`guarantee: counterexample of ${Math.min(idpGroups.length, 3)}`);
  if (grant) count(`guarantee: by ${grant.entry ? "an entry" : "its name"}`);
  compare(
    "guarantees",
    given,
    { idpGroups, isBroken: true },
    { idpGroups, isBroken: isBrokenBy(configuration, guarantee, idpGroups) },
  );
  // "None of them can be left out."
  const fewer = idpGroups.map((left) => idpGroups.filter((idpGroup) => idpGroup !== left));
  const breaking = fewer.filter((some) => isBrokenBy(configuration, guarantee, some));
  compare("guarantees", given, { idpGroups, breaking: [] }, { idpGroups, breaking });
}
