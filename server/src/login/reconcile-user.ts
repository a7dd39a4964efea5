// One user between logins, in one transaction: what a directory says of them is decided, carried out and written down as a login is.

import type { ReconcileOutcome, ReconcileRequest } from "idp-group-sync";
import type { Database, DatabaseTransaction, UserChange } from "../database/schema.ts";
import { superAdminComesIn } from "../providers/sign-in-left.ts";
import { writeAudit } from "./audit.ts";
import type { Engines } from "./engines.ts";
import type { LockedUser } from "./find-user.ts";
import { applyPlans, forgetNew, type LockedFacts, lockFacts } from "./locked-facts.ts";
import { spareUnseen } from "./spared-facts.ts";

export interface ReconcileContext {
  database: Database;
  engines: Engines;
  now: Date;
  requestId: string;
  /** The admin who has it done, and why. */
  actor?: { id: number; note: string } | null;
}

/** What a directory says of a user, and which directory. */
export type DirectoryEntry = Pick<ReconcileRequest, "directory" | "groups" | "claims"> & {
  /** How it is known, and what the audit calls it: `scim`, or `directory` for one that is read as a whole. */
  by: "scim" | "directory";
  /** Who it is there. */
  subject: string;
};

export interface ReconciledUser {
  outcome: ReconcileOutcome;
  /** `null` where nothing became of it. */
  auditId: number | null;
  /** `null` for somebody whom the application does not know, and who was not created. */
  userId: number | null;
}

/**
 * Decides about one user and carries it out, in a transaction of `retry.ts` that has locked nothing which `locks.ts` has later. `find` locks the
 * user's row; where it makes one that the engine does not want created, that is rolled back.
 */
export async function reconcileIn(
  transaction: DatabaseTransaction,
  { engines, now, requestId, actor = null }: Omit<ReconcileContext, "database">,
  find: (transaction: DatabaseTransaction) => Promise<LockedUser | undefined>,
  { by, subject, ...said }: DirectoryEntry,
): Promise<ReconciledUser> {
  const facts = await lockFacts(transaction, find, true);
  const { user } = facts;
  // Groups that a directory tells are no claim; a token, where it tells of users alone, lacks one as it does at a login.
  const spared = await spareUnseen(transaction, facts, said.claims ?? null);
  const { version } = spared;
  const request = {
    ...facts.request,
    ...said,
    ...spared.said,
    method: by === "scim" ? "scim" : "oidc",
    user: { ...facts.request.user, ...(user && (await factsOfLeaver(transaction, user))) },
  };
  const outcome = await engines.use(version, spared.documents, (sync) => sync.reconcile(request));
  const { userChange, applied } = await carryOut(transaction, facts, user, outcome);
  const userId = user && (!user.isNew || userChange === "created") ? user.id : null;
  const isNothing = userChange === null && applied.size === 0 && outcome.blocked === undefined;
  const auditId = isNothing
    ? null
    : await writeAudit(transaction, {
        at: now,
        requestId,
        method: by,
        userId,
        subject,
        version,
        outcome: { allowed: outcome.blocked === undefined, ...outcome, reason: outcome.reason ?? outcome.blocked },
        applied,
        userChange,
        actor,
      });
  return { outcome, auditId, userId };
}

/** What is asked besides where somebody may be archived or restored. */
export async function factsOfLeaver(
  database: Database,
  { id, archivedBySync, superAdmin }: Pick<LockedUser, "id" | "archivedBySync" | "superAdmin">,
) {
  return {
    ...(archivedBySync && { archivedBy: "sync" as const }),
    ...(superAdmin && { lastSuperAdmin: !(await superAdminComesIn(database, id)) }),
  };
}

async function carryOut(
  transaction: DatabaseTransaction,
  facts: LockedFacts,
  user: LockedUser | undefined,
  outcome: ReconcileOutcome,
): Promise<{ userChange: UserChange | null; applied: Set<string> }> {
  const isThere = user !== undefined && (!user.isNew || outcome.user === "create");
  if (!isThere) {
    await forgetNew(transaction);
    return { userChange: null, applied: new Set() };
  }
  const row = transaction.updateTable("users").where("id", "=", user.id);
  if (outcome.user === "archive") {
    await row.set({ status: "archived", archived_by_sync: true }).execute();
    return { userChange: "archived", applied: new Set() };
  }
  if (outcome.user === "restore") await row.set({ status: "active", archived_by_sync: false }).execute();
  const applied = isCarriedOut(outcome) ? await applyPlans(transaction, user.id, facts, outcome) : new Set<string>();
  const changes = { create: "created", restore: "restored", keep: null } as const;
  return { userChange: changes[outcome.user], applied };
}

/** Somebody who is left alone for a reason has plans that are there to be looked at alone. */
function isCarriedOut({ reason, blocked }: ReconcileOutcome): boolean {
  return reason === undefined && blocked === undefined;
}
