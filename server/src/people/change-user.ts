// What an admin does to one user, in one transaction: lock, look, change, write down. The locks are those of `login/locks.ts`.

import type { Database, DatabaseTransaction, UserChange, UserStatus } from "../database/schema.ts";
import { writeAudit } from "../login/audit.ts";
import { workspacesOf } from "../login/facts.ts";
import { lockInstance, lockWorkspaces } from "../login/locks.ts";
import { inTransaction } from "../login/retry.ts";
import { CannotChange } from "./cannot-change.ts";

export interface AdminContext {
  database: Database;
  now: Date;
  requestId: string;
  /** The super admin who does it, and why. */
  actor: { id: number; note: string | null };
}

/** The row that is changed, locked. */
export interface LockedPerson {
  id: number;
  status: UserStatus;
  superAdmin: boolean;
  exempt: boolean;
  archivedBySync: boolean;
  email: string | null;
  subject: string | null;
  password_hash: string | null;
  invitation_hash: string | null;
}

export interface Changed {
  userId: number;
  /** `null` where it was so already, and nothing was written down. */
  change: UserChange | null;
  /** For the link of an invitation that needs one. It is not to be had again. */
  secret: string | null;
}

type Change = (
  transaction: DatabaseTransaction,
  person: LockedPerson,
) => Promise<{ change: UserChange; secret?: string | null } | null>;

/** `change` gives what it did, or `null` if nothing was to be done; what it throws undoes all of it. */
export function changeUser(context: AdminContext, userId: number, change: Change): Promise<Changed> {
  return inTransaction(context.database, async (transaction) => {
    const person = await transaction
      .selectFrom("users")
      .select(["id", "status", "super_admin as superAdmin", "exempt", "archived_by_sync as archivedBySync"])
      .select(["email", "subject", "password_hash", "invitation_hash"])
      .where("id", "=", userId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    await lockAsAdmin(transaction, context.actor.id);
    if (!person) throw new CannotChange("no-user");
    await lockWorkspaces(transaction, (await workspacesOf(transaction, [userId])).get(userId) ?? []);
    const done = await change(transaction, person);
    if (done) await writeDown(transaction, context, person, done.change);
    return { userId, change: done?.change ?? null, secret: done?.secret ?? null };
  });
}

/** Nobody else counts seats or super admins meanwhile; and whoever was archived a moment ago does nothing any more. */
export async function lockAsAdmin(transaction: DatabaseTransaction, actorId: number): Promise<void> {
  await lockInstance(transaction, "update");
  const actor = await transaction
    .selectFrom("users")
    .select("id")
    .where("id", "=", actorId)
    .where("super_admin", "=", true)
    .where("status", "<>", "archived")
    .executeTakeFirst();
  if (!actor) throw new CannotChange("not-super-admin");
}

export async function writeDown(
  transaction: DatabaseTransaction,
  { now, requestId, actor }: AdminContext,
  { id, subject, email }: Pick<LockedPerson, "id" | "subject" | "email">,
  change: UserChange,
): Promise<void> {
  const { version } = await transaction
    .selectFrom("settings_versions")
    .select("version")
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  await writeAudit(transaction, {
    at: now,
    requestId,
    method: "admin",
    userId: id,
    subject: subject ?? email ?? "",
    version: { settings: version, catalogs: {} },
    outcome: { allowed: true, workspaces: [], diagnostics: [] },
    applied: new Set(),
    userChange: change,
    actor,
  });
}
