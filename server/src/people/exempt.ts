// Accounts for emergencies: no sync touches them, whatever an identity provider says.

import { type AdminContext, type Changed, changeUser } from "./change-user.ts";

export function exemptUser(context: AdminContext, userId: number, exempt: boolean): Promise<Changed> {
  return changeUser(context, userId, async (transaction, person) => {
    if (person.exempt === exempt) return null;
    await transaction.updateTable("users").set({ exempt }).where("id", "=", userId).execute();
    return { change: exempt ? "exempted" : "no-longer-exempt" };
  });
}
