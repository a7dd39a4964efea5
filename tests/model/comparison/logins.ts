// `LoginSync` against the model: one instance, some logins.

import { type LoginOutcome, LoginSync } from "idp-group-sync";
import type { Logins } from "../random/login.ts";
import { decide, type ModelOutcome } from "../rules/login.ts";
import { count, countLogin } from "./coverage.ts";
import { attempt, compare, invalidInput } from "./difference.ts";
import { modelPlan, planOf, remarksOf, sortedRemarks } from "./shape.ts";
import { bothWays } from "./ways.ts";

export function compareLogins({ instance, requests }: Logins): number {
  const { settings, catalogs } = instance;
  const sync = new LoginSync(settings, catalogs);
  try {
    for (const request of requests) {
      const expect = decide(instance, request);
      if ("throws" in expect) count(`login: invalid-input ${expect.throws}`);
      else countLogin(request.method, expect);
      const given = () => ({ settings, catalogs, request });
      compare(
        "login",
        given,
        "throws" in expect ? invalidInput(expect.throws) : expected(expect),
        attempt(() => outcomeOf(bothWays(given, () => sync.decide(request)))),
      );
    }
  } finally {
    sync.free();
  }
  return requests.length;
}

function outcomeOf({ workspaces, diagnostics, ...rest }: LoginOutcome) {
  return {
    ...rest,
    workspaces: workspaces.map(({ id, plan }) => ({ id, plan: planOf(plan) })),
    remarks: remarksOf(diagnostics),
  };
}

function expected({ workspaces, remarks, ...rest }: ModelOutcome) {
  return {
    ...rest,
    workspaces: workspaces.map(({ id, plan }) => ({ id, plan: modelPlan(plan) })),
    remarks: sortedRemarks(remarks),
  };
}
