// `LoginSync.reconcile` against the model: one instance, and what a directory says of some users.

import { LoginSync, type ReconcileOutcome } from "idp-group-sync";
import type { Reconciled } from "../random/login.ts";
import { reconcile } from "../rules/reconciling.ts";
import { count } from "./coverage.ts";
import { attempt, compare, invalidInput } from "./difference.ts";
import { modelPlan, planOf } from "./shape.ts";

export function compareReconciled({ instance, requests }: Reconciled): number {
  const { settings, catalogs } = instance;
  const sync = new LoginSync(settings, catalogs);
  try {
    for (const request of requests) {
      const expect = reconcile(instance, request);
      if (!("throws" in expect)) {
        count(`reconcile: ${expect.user}${expect.reason ? ` ${expect.reason}` : ""}`);
        if (expect.blocked) count(`reconcile: blocked by ${expect.blocked}`);
      }
      compare(
        "reconcile",
        () => ({ settings, catalogs, request }),
        "throws" in expect
          ? invalidInput(expect.throws)
          : { ...expect, workspaces: expect.workspaces.map(({ id, plan }) => ({ id, plan: modelPlan(plan) })) },
        attempt(() => outcomeOf(sync.reconcile(request))),
      );
    }
  } finally {
    sync.free();
  }
  return requests.length;
}

function outcomeOf({ diagnostics: _, workspaces, ...rest }: ReconcileOutcome) {
  return { ...rest, workspaces: workspaces.map(({ id, plan }) => ({ id, plan: planOf(plan) })) };
}
