// docs/reconciling.md: what becomes of a user of whom a directory says something.

import type { ReconcileRequest } from "idp-group-sync";
import { decide, type Instance, isLicensed, type ModelOutcome, syncs } from "./login.ts";

export interface ModelReconciled {
  user: string;
  reason?: string;
  blocked?: string;
  workspaces: ModelOutcome["workspaces"];
}

/** "The steps are taken in this order, and the first that applies ends it"; `throws` where the request lacks groups. */
export function reconcile(instance: Instance, request: ReconcileRequest): ModelReconciled | { throws: string } {
  const { user, directory, licence } = request;
  const keep = (reason: string): ModelReconciled => ({ user: "keep", reason, workspaces: [] });
  const blocked = (guard: string): ModelReconciled => ({ user: "keep", blocked: guard, workspaces: [] });
  const isGone = directory !== "active";
  const isArchived = user.status === "archived";
  if (!syncs(request.method)) return keep("not-sso");
  if (!isLicensed(licence)) return keep("sso-unavailable");
  if (!instance.settings.enabled) return keep("sync-disabled");
  if (user.exempt && (isGone || isArchived)) return keep("exempt");
  if (isGone) {
    if (!user.exists) return keep("unknown-user");
    if (isArchived) return keep("archived");
    if ((instance.settings.policy.whenGone ?? "archive") === "keep") return keep("kept-by-policy");
    if (user.superAdmin && user.lastSuperAdmin !== false) return blocked("last-super-admin");
    return { user: "archive", reason: directory, workspaces: [] };
  }
  if (isArchived && user.archivedBy !== "sync") return keep("archived-by-hand");
  const total = licence?.seats?.total;
  if ((!user.exists || isArchived) && total && total.used >= total.limit) return blocked("seat-limit");
  // "The plans are those that a login by the same groups gives"; nobody comes by themselves here.
  const outcome = decide(instance, { ...request, user: { ...user, status: "active" }, signup: true });
  if ("throws" in outcome) return outcome;
  if (!outcome.allowed) return { user: "keep", reason: outcome.reason, workspaces: outcome.workspaces };
  return { user: isArchived ? "restore" : user.exists ? "keep" : "create", workspaces: outcome.workspaces };
}
