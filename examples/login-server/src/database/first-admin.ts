// Somebody has to configure a new instance. If it has no super admin yet, the one of the environment is made.

import { lockInstance } from "../login/locks.ts";
import { hashPassword } from "../sign-in/passwords.ts";
import type { Database } from "./schema.ts";

export async function ensureFirstAdmin(
  database: Database,
  { email, password }: { email: string; password: string },
): Promise<void> {
  const passwordHash = await hashPassword(password);
  await database.transaction().execute(async (transaction) => {
    await lockInstance(transaction, "update");
    const any = await transaction.selectFrom("users").select("id").where("super_admin", "=", true).executeTakeFirst();
    if (any) return;
    await transaction.insertInto("users").values({ email, super_admin: true, password_hash: passwordHash }).execute();
  });
}
