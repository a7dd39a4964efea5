// Restoring somebody by hand: they take a seat again. Whoever never came is invited again.

import { hashOf, newSecret } from "../secrets.ts";
import { type AdminContext, type Changed, changeUser } from "./change-user.ts";
import { requireFreeAddress } from "./invite.ts";
import { requireSeats } from "./seats.ts";

export function restoreUser(context: AdminContext, userId: number): Promise<Changed> {
  return changeUser(context, userId, async (transaction, person) => {
    if (person.status !== "archived") return null;
    const isInvitation = person.subject === null && person.password_hash === null;
    if (isInvitation) await requireFreeAddress(transaction, person.email, userId);
    await requireSeats(transaction, userId);
    const secret = isInvitation && person.superAdmin ? newSecret() : null;
    await transaction
      .updateTable("users")
      .set({
        status: isInvitation ? "invited" : "active",
        archived_by_sync: false,
        invitation_hash: secret && hashOf(secret),
      })
      .where("id", "=", userId)
      .execute();
    return { change: "restored", secret };
  });
}
