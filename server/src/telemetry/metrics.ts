// What is counted and measured. Nothing is, and nothing is kept, unless `start.ts` has started; attributes have few values each, and never
// a claim, an address or anybody's name.

import { metrics } from "@opentelemetry/api";
import type { LoginOutcome } from "idp-group-sync";
import type { ChangeResult } from "../database/schema.ts";

/** The instruments belong to whatever was started first, so they are made when the first of them is used. */
let made: ReturnType<typeof make> | undefined;

function instruments() {
  made ??= make();
  return made;
}

/** In seconds: logins take milliseconds, and give up after ten seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

function make() {
  const meter = metrics.getMeter("idp-group-sync-server");
  const seconds = { unit: "s", advice: { explicitBucketBoundaries: buckets } };
  return {
    requests: meter.createHistogram("http.server.request.duration", {
      ...seconds,
      description: "Duration of requests, by route and status",
    }),
    queries: meter.createHistogram("db.client.operation.duration", {
      ...seconds,
      description: "Duration of statements, by operation and table",
    }),
    logins: meter.createCounter("login.decisions", {
      unit: "{login}",
      description: "Logins and refreshes that were decided, by method, whether they are allowed, and reason",
    }),
    loginDuration: meter.createHistogram("login.transaction.duration", {
      ...seconds,
      description: "Duration of the login transaction, with what was tried again",
    }),
    plans: meter.createCounter("login.plans", {
      unit: "{plan}",
      description: "Plans of logins and refreshes, one a workspace, by status and reason",
    }),
    failures: meter.createCounter("sign_in.failures", {
      unit: "{attempt}",
      description: "Sign-ins that came to nothing before a login was decided, by reason",
    }),
    refreshes: meter.createCounter("session.refreshes", {
      unit: "{session}",
      description: "Sessions that were due for a refresh, by result",
    }),
    reconciled: meter.createCounter("reconcile.users", {
      unit: "{user}",
      description: "Users reconciled with a directory, by result",
    }),
    reconcileLag: meter.createGauge("reconcile.lag", {
      unit: "s",
      description: "How old what a directory said is when the last of it was carried out, for each run that ends",
    }),
    brakeHeld: meter.createCounter("reconcile.brake.held", {
      unit: "{run}",
      description: "Runs of reconciling of which nothing was applied, as too many people would lose something",
    }),
  };
}

/** `route` as it is registered, never the address of a request. */
export function recordRequest(
  { method, route, status }: { method: string; route: string | undefined; status: number },
  milliseconds: number,
): void {
  instruments().requests.record(milliseconds / 1000, {
    "http.request.method": method,
    "http.response.status_code": status,
    ...(route !== undefined && { "http.route": route }),
  });
}

export function recordQuery(attributes: Record<string, string>, milliseconds: number): void {
  instruments().queries.record(milliseconds / 1000, attributes);
}

export function recordLogin(
  method: string,
  { allowed, reason, workspaces }: Pick<LoginOutcome, "allowed" | "reason" | "workspaces">,
  milliseconds: number,
): void {
  const { logins, loginDuration, plans } = instruments();
  logins.add(1, { method, allowed, ...(reason !== undefined && { reason }) });
  loginDuration.record(milliseconds / 1000, { method });
  for (const { plan } of workspaces) {
    plans.add(1, { status: plan.status, ...(plan.reason !== undefined && { reason: plan.reason }) });
  }
}

/** `reason` is the code of the problem that the person is shown. */
export function recordFailedSignIn(method: string, reason: string): void {
  instruments().failures.add(1, { method, reason });
}

export function recordRefresh(result: "refreshed" | "ended" | "postponed"): void {
  instruments().refreshes.add(1, { result });
}

/** What became of one user of whom a directory speaks. */
export function recordReconciled(by: "scim" | "directory", result: ChangeResult): void {
  instruments().reconciled.add(1, { by, result });
}

/** `provider` is its id here. */
export function recordReconcileLag(provider: string, seconds: number): void {
  instruments().reconcileLag.record(seconds, { provider });
}

/** A run of which nothing was applied. `provider` is its id here. */
export function recordBrakeHeld(provider: string): void {
  instruments().brakeHeld.add(1, { provider });
}
