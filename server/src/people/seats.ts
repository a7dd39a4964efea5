// Whether there is a seat left for somebody, by the licence that logins go by.

import type { DatabaseTransaction } from "../database/schema.ts";
import { readSeats } from "../login/licence.ts";
import { CannotChange } from "./cannot-change.ts";

/** For a user who is not counted yet, and the roles that they have; `null` is somebody new. The instance is locked for update. */
export async function requireSeats(transaction: DatabaseTransaction, userId: number | null): Promise<void> {
  const { total, roles = {} } = (await readSeats(transaction, userId === null ? [] : [userId]))(userId);
  const held = await transaction
    .selectFrom("memberships")
    .select("role")
    .where("user_id", "=", userId ?? 0)
    .where("status", "=", "active")
    .execute();
  const wanted = [total, ...held.map(({ role }) => roles[role])];
  if (wanted.some((seat) => seat && seat.used >= seat.limit)) throw new CannotChange("no-seat");
}
