// Somebody has to configure a new instance. If it has no super admin yet, the one of the environment is made: with a password, or invited to
// come with single sign-on. A super admin who has none yet gets the password, so that they have a way in where there is no single sign-on.

import { comparedAddress } from "../login/addresses.ts";
import { lockInstance } from "../login/locks.ts";
import { hashOf, newSecret } from "../secrets.ts";
import { hashPassword } from "../sign-in/passwords.ts";
import type { Database } from "./schema.ts";

/** Gives the secret for the link of the invitation, if there is one to be accepted: a new one, and those of before are worth nothing. */
export async function ensureFirstAdmin(
  database: Database,
  { email, password }: { email: string; password: string | null },
): Promise<string | null> {
  const secret = newSecret();
  const way =
    password === null
      ? { status: "invited" as const, invitation_hash: hashOf(secret) }
      : { status: "active" as const, invitation_hash: null, password_hash: await hashPassword(password) };
  return database.transaction().execute(async (transaction) => {
    await lockInstance(transaction, "update");
    const superAdmins = await transaction
      .selectFrom("users")
      .select(["id", "status", "subject", "email", "password_hash"])
      .where("super_admin", "=", true)
      .execute();
    const invited = superAdmins.find(({ status, subject }) => status === "invited" && subject === null);
    const address = comparedAddress(email);
    const named = superAdmins.find((one) => address !== null && comparedAddress(one.email) === address);
    if (named?.status === "active" && named.password_hash === null && way.status === "active") {
      const { password_hash } = way;
      await transaction.updateTable("users").set({ password_hash }).where("id", "=", named.id).execute();
    }
    if (superAdmins.some((superAdmin) => superAdmin !== invited)) return null;
    if (invited)
      await transaction
        .updateTable("users")
        .set({ email, ...way })
        .where("id", "=", invited.id)
        .execute();
    else
      await transaction
        .insertInto("users")
        .values({ email, super_admin: true, ...way })
        .execute();
    return password === null ? secret : null;
  });
}
