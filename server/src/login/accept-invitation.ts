// Accepting an invitation gives somebody a role, as a login does: so it takes the locks of a login, and a seat.

import type { Database, DatabaseTransaction } from "../database/schema.ts";
import { lockUserById } from "./find-user.ts";
import { readSeats } from "./licence.ts";
import { lockInstance, lockWorkspaces } from "./locks.ts";
import { inTransaction } from "./retry.ts";

export type Acceptance = "accepted" | "no-invitation" | "no-seat";

export function acceptInvitation(database: Database, userId: number, workspace: string): Promise<Acceptance> {
  return inTransaction(database, (transaction) => accept(transaction, userId, workspace));
}

async function accept(transaction: DatabaseTransaction, userId: number, workspace: string): Promise<Acceptance> {
  const user = await lockUserById(transaction, userId);
  // Nobody else counts seats meanwhile, nor changes how many there are.
  await lockInstance(transaction, "update");
  await lockWorkspaces(transaction, [workspace]);
  const invitation = await transaction
    .selectFrom("memberships")
    .select("role")
    .where("user_id", "=", userId)
    .where("workspace_id", "=", workspace)
    .where("status", "=", "invited")
    .executeTakeFirst();
  if (!user || user.status === "archived" || !invitation) return "no-invitation";
  const seats = await readSeats(transaction, [userId]);
  const seat = seats(userId).roles?.[invitation.role];
  if (seat && seat.used >= seat.limit) return "no-seat";
  await transaction
    .updateTable("memberships")
    .set({ status: "active" })
    .where("user_id", "=", userId)
    .where("workspace_id", "=", workspace)
    .execute();
  return "accepted";
}
