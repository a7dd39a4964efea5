// Random cases of every kind, in a share of its own each; what differs is shrunk to what still differs.

import fc from "fast-check";
import { claimOptions } from "../random/claim-options.ts";
import { oddClaimsDraft, tokenOf } from "../random/claims.ts";
import { guarded } from "../random/guarantees.ts";
import { loginChange, logins, reconciled } from "../random/login.ts";
import { brokenSettings, given, misshapenCommand, misshapenSettings, validDocument } from "../random/settings.ts";
import { change, crowdedPlans, plans } from "../random/users.ts";
import { compareChange } from "./changes.ts";
import { compareClaim } from "./claims.ts";
import { Difference } from "./difference.ts";
import { compareGuarantees } from "./guarantees.ts";
import { compareLoginChange } from "./login-changes.ts";
import { compareLogins } from "./logins.ts";
import { comparePlans } from "./plans.ts";
import { compareReconciled } from "./reconciling.ts";
import { compareBroken, compareEdits, compareMisshapen, compareMisshapenCommand } from "./settings.ts";

const commands = fc.array(given, { minLength: 1, maxLength: 8, size: "max" });

interface Kind {
  name: string;
  share: number;
  property: (done: (results: number) => void) => fc.IProperty<[unknown]>;
}

function kind<Case>(name: string, share: number, cases: fc.Arbitrary<Case>, compare: (one: Case) => number): Kind {
  return {
    name,
    share,
    property: (done) => fc.property(cases, (one) => done(compare(one))) as fc.IProperty<[unknown]>,
  };
}

/** The shares add up to 1. */
const kinds: Kind[] = [
  kind("claims", 0.27, fc.tuple(claimOptions, oddClaimsDraft).map(tokenOf), compareClaim),
  kind("plans", 0.11, plans, comparePlans),
  kind("plans without seats", 0.07, crowdedPlans, comparePlans),
  kind("logins", 0.12, logins, compareLogins),
  kind("reconciling", 0.05, reconciled, compareReconciled),
  kind("impact of settings", 0.06, loginChange, compareLoginChange),
  kind("impact and scenarios", 0.08, change, compareChange),
  kind("guarantees", 0.03, guarded, compareGuarantees),
  kind("commands on stored settings", 0.08, fc.record({ document: validDocument, commands }), compareEdits),
  kind("commands from the beginning", 0.06, fc.record({ commands }), compareEdits),
  kind("settings against the rules", 0.05, brokenSettings, compareBroken),
  kind("settings of the wrong shape", 0.01, misshapenSettings, compareMisshapen),
  kind("commands of the wrong shape", 0.01, misshapenCommand, compareMisshapenCommand),
];

export interface Report {
  name: string;
  cases: number;
  /** Results that were compared: a case has several users, commands or logins. */
  results: number;
  seconds: number;
  difference?: Difference;
}

export interface Options {
  cases: number;
  seed: number;
  only?: string;
}

/** Cases are run in batches, each with a seed that follows from the run's, so that memory does not grow with their number. */
export function* run({ cases, seed, only }: Options): Generator<Report> {
  for (const { name, share, property } of kinds) {
    if (only && !name.includes(only)) continue;
    const wanted = Math.ceil(cases * (only ? 1 : share));
    const report: Report = { name, cases: 0, results: 0, seconds: 0 };
    const start = performance.now();
    while (report.cases < wanted && !report.difference) {
      const numRuns = Math.min(50_000, wanted - report.cases);
      const details = fc.check(
        property((results) => {
          report.results += results;
        }),
        { numRuns, seed: (seed + report.cases) | 0 },
      );
      report.cases += numRuns;
      if (!details.failed) continue;
      const { errorInstance } = details;
      if (!(errorInstance instanceof Difference)) throw errorInstance;
      report.difference = errorInstance;
    }
    report.seconds = (performance.now() - start) / 1000;
    yield report;
  }
}
