// Inviting somebody by their e-mail address. Nothing is sent: whoever comes with the address, verified, takes the invitation, and a super admin
// needs its link besides; see `login/find-user.ts`.

import type { DatabaseTransaction } from "../database/schema.ts";
import { comparedAddress, comparedEmail } from "../login/addresses.ts";
import { lockWorkspaces } from "../login/locks.ts";
import { inTransaction } from "../login/retry.ts";
import { hashOf, newSecret } from "../secrets.ts";
import { CannotChange } from "./cannot-change.ts";
import { type AdminContext, type Changed, changeUser, lockAsAdmin, writeDown } from "./change-user.ts";
import { requireSeats } from "./seats.ts";

export interface Invitation {
  email: string;
  name: string | null;
  superAdmin: boolean;
  /** The identity provider whose verified address counts; `null` where there is none yet. */
  provider: string | null;
  /** They accept these one by one, once they have come. */
  workspaces: { workspace: string; role: string }[];
}

export function inviteUser(
  context: AdminContext,
  { email, name, superAdmin, provider, workspaces }: Invitation,
): Promise<Changed> {
  return inTransaction(context.database, async (transaction) => {
    await lockAsAdmin(transaction, context.actor.id);
    await requireFreeAddress(transaction, email, null);
    await requireSeats(transaction, null);
    await requireWorkspaces(transaction, workspaces);
    const secret = superAdmin ? newSecret() : null;
    const invitation = { invitation_provider: provider, invitation_hash: secret && hashOf(secret) };
    const { id } = await transaction
      .insertInto("users")
      .values({ email, name, status: "invited", super_admin: superAdmin, ...invitation })
      .returning("id")
      .executeTakeFirstOrThrow();
    const memberships = workspaces.map(({ workspace: workspace_id, role }) => {
      return { user_id: id, workspace_id, role, status: "invited" as const };
    });
    if (memberships.length > 0) await transaction.insertInto("memberships").values(memberships).execute();
    await writeDown(transaction, context, { id, subject: null, email }, "invited");
    return { userId: id, change: "invited", secret };
  });
}

/** A new link; those of before are worth nothing. An invitation that needs none stays as it is. */
export function renewInvitation(context: AdminContext, userId: number): Promise<Changed> {
  return changeUser(context, userId, async (transaction, { status, subject, superAdmin, invitation_hash }) => {
    if (status !== "invited" || subject !== null) throw new CannotChange("not-invited");
    if (!superAdmin && invitation_hash === null) return null;
    const secret = newSecret();
    const values = { invitation_hash: hashOf(secret) };
    await transaction.updateTable("users").set(values).where("id", "=", userId).execute();
    return { change: "invited", secret };
  });
}

/** An invitation to an address that somebody here has could be taken by nobody. What an address only looks like does not count. */
export async function requireFreeAddress(
  transaction: DatabaseTransaction,
  email: string | null,
  except: number | null,
): Promise<void> {
  const other = await transaction
    .selectFrom("users")
    .select("id")
    .where(comparedEmail, "=", comparedAddress(email) ?? "")
    .where((row) =>
      row.or([row("email_verified", "=", true), row("subject", "is", null), row("password_hash", "is not", null)]),
    )
    .where("id", "<>", except ?? 0)
    .orderBy("id")
    .executeTakeFirst();
  if (other) throw new CannotChange("user-exists", { existing: other.id });
}

async function requireWorkspaces(transaction: DatabaseTransaction, wanted: Invitation["workspaces"]): Promise<void> {
  const locked = await lockWorkspaces(
    transaction,
    wanted.map(({ workspace }) => workspace),
  );
  const known = new Set(locked.map(({ id }) => id));
  const index = wanted.findIndex(({ workspace }) => !known.has(workspace));
  if (index >= 0) throw new CannotChange("no-such-workspace", { index });
}
